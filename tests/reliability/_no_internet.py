"""Run a program in which every attempt to make an internet socket ends the process (Linux only).

python -m tests.reliability._no_internet MODULE ARGUMENT…

A seccomp filter sees what Python's own hooks cannot: the sockets of FFmpeg, Qt and the sound libraries. Sockets inside
the machine (X11, PulseAudio) stay allowed.
"""

import ctypes
import platform
import runpy
import struct
import sys

_SOCKET = {"x86_64": 41, "aarch64": 198}
_AF_INET, _AF_INET6 = 2, 10
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _END_PROCESS = 0x7FFF0000, 0x80000000
_NUMBER_AT, _FIRST_ARGUMENT_AT = 0, 16
_NO_NEW_RIGHTS, _SET_SECCOMP, _BY_FILTER = 38, 22, 2


def forbid_internet() -> None:
    """From here on socket(AF_INET…) and socket(AF_INET6…) end this process and its children with SIGSYS."""
    steps = [
        (_LOAD, 0, 0, _NUMBER_AT),
        (_JUMP_IF_EQUAL, 0, 3, _SOCKET[platform.machine()]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_JUMP_IF_EQUAL, 2, 0, _AF_INET),
        (_JUMP_IF_EQUAL, 1, 0, _AF_INET6),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _END_PROCESS),
    ]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(program)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0) or libc.prctl(_SET_SECCOMP, _BY_FILTER, header, 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel takes no seccomp filter")


if __name__ == "__main__":
    forbid_internet()
    module, sys.argv = sys.argv[1], sys.argv[1:]
    runpy.run_module(module, run_name="__main__", alter_sys=True)

"""Find background music by ear and by keyboard in a local library."""

import os

__version__ = "0.1.0"

# Before anyone imports numpy: its linear algebra would else keep a thread for each core spinning after every product,
# which triples the work of a drawing and of an analysis and takes the cores from sound and window.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

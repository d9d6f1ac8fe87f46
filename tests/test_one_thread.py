"""Linear algebra in the app's own processes."""

import json
import os
import subprocess
import sys

_LOOK = """
import json, bgm_finder.cli.command_line, numpy, threadpoolctl
from bgm_finder.jobs.workers import make_executor
def pools():
    return [pool["num_threads"] for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas"]
if __name__ == "__main__":
    with make_executor(1) as workers:
        print(json.dumps([pools(), workers.submit(pools).result()]))
"""


def test_numpy_takes_one_thread_in_the_app_and_in_its_workers(tmp_path):
    script = tmp_path / "look.py"
    script.write_text(_LOOK, encoding="utf-8")
    own = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    done = subprocess.run([sys.executable, script], env=own, capture_output=True, text=True, check=True)
    here, there = json.loads(done.stdout)
    assert set(here) == set(there) == {1}

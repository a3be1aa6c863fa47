"""The other end of a paired measurement.

The benchmark starts a peer once, sends it one line of JSON, and waits for a
line that says the peer is ready. From then on it sends a line for each
repetition and gets the repetition's time back: {"seconds": …, "units": …},
where units is the amount of work done. Building, reading and warming up are
thus never timed, and both sides take turns on an otherwise idle machine.
"""
import json
import os
import sys

# NumPy must not have been imported before this line.
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
# OpenBLAS is to choose its kernels for this processor, whatever else the
# environment has it take it for: the multiply-add peak depends on them.
for variable in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(variable, None)


def blas():
    """Names the BLAS that NumPy has loaded, as far as the system tells."""
    try:
        with open("/proc/self/maps") as maps:
            loaded = maps.read().lower()
    except OSError:
        return "an unknown BLAS"
    for sign, name in (("openblas", "OpenBLAS"), ("mkl", "MKL"), ("blis", "BLIS"), ("atlas", "ATLAS")):
        if sign in loaded:
            return name
    return "a reference BLAS"


def numpy_name():
    import numpy
    return "NumPy %s + %s" % (numpy.__version__, blas())


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def serve(prepare, check=None):
    """Answers the benchmark until it closes the line.

    prepare(params) returns (name, info, run): the peer's name, numbers worth
    reporting, and a function whose call is one timed repetition that returns
    its answer. check(params) instead returns results for comparison with
    ours, and is used by tests.
    """
    params = json.loads(sys.stdin.readline())
    if params.get("check"):
        say(check(params))
        return
    name, info, run = prepare(params)
    say({"name": name, "info": info})
    for _ in sys.stdin:
        say(run())

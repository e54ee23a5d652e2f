"""What the processor at hand is good at."""

import os


def features() -> str:
    """The processor's flags as Linux lists them; empty elsewhere."""
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as source:
            return source.read()
    except OSError:
        return ""


def multiplies_low_precision() -> bool:
    """Whether there are units for products of bfloat16 matrices, several times as fast as those of float32."""
    return "amx_bf16" in features()


def choose_kernels() -> None:
    """Names OpenBLAS its kernels, which takes processors newer than itself for old ones; counts until it is loaded."""
    if "avx512vl" in features():
        os.environ.setdefault("OPENBLAS_CORETYPE", "SkylakeX")


def use_one_thread() -> None:
    """Small steps gain nothing by threads that wait for each other, and their budget is processor time."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")

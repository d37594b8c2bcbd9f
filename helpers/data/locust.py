"""What a locust heard and when one cell of its ear answered: two recordings of ten seconds that come with nitime."""

import functools
from typing import NamedTuple

import numpy as np

from helpers.data import arrays, installed

DURATION, SAMPLE = 10_000.0, 0.05  # ms; the sound is given every 50 µs
SHA256 = {
    "data/grasshopper_stimulus1.txt": "4b47a4cbca8c5f694f87dd510db608a868dffbaba96845199c8afa545a4c37fa",
    "data/grasshopper_spike_times1.txt": "840014ad9a8f591d02ab108bcbd46715badb3459e0ef7eac95fdd661ff134e3d",
    "data/grasshopper_stimulus2.txt": "69f257a8e7a5019897111b07f9cd317b136357d256e99682d40c09d5add18e6a",
    "data/grasshopper_spike_times2.txt": "389e5dccb709fbe0552589ff2e0b64e15d46665e4d2d4172071f2175c8641541",
}


class Locust(NamedTuple):
    """sound (1, T): mean amplitude of the tone in each bin; spikes (1, T): how many spikes fell into it.

    spike_times (1, n): the times of the spikes in ms.  bin_ms: the length of a bin in ms; T bins make 10 s.
    """

    sound: np.ndarray
    spikes: np.ndarray
    spike_times: np.ndarray
    bin_ms: float


def locust(recording: int = 1, bin_ms: float = 2.0) -> Locust:
    """sound[0, t] = mean amplitude and spikes[0, t] = number of spikes from t · bin_ms to (t + 1) · bin_ms.

    One auditory receptor cell of Locusta migratoria, recorded intracellularly while a tone at its preferred pitch was
    played, growing louder and softer at random: slowly in recording 1 (929 spikes; the amplitude holds
    frequencies up to 200 Hz), faster in recording 2 (868 spikes; up to 800 Hz). The amplitude is proportional to the
    sound pressure; its unit is that of the file. No two spikes are closer than 3.2 ms, so bins up to 3.2 ms hold one
    spike at most.

    recording: 1 or 2.  bin_ms: a multiple of 0.05 ms that divides 10 s into whole bins.
    Returns Locust: float64 arrays, fresh at each call.
    Raises FileNotFoundError where nitime or a file of it is missing, ValueError where a file is altered or an argument
    does not fit.
    Source: A. Rokem, S. Watzl, T. Gollisch, M. Stemmler, A. V. M. Herz and I. Samengo 2006, Spike-timing precision
    underlies the coding efficiency of auditory receptor neurons, Journal of Neurophysiology 95, 2541-2552; read from
    the installed nitime (BSD-3-Clause), not copied.
    """
    if recording not in (1, 2):
        raise ValueError(f"recording is {recording!r}, wanted 1 or 2.")
    samples = arrays.positive("bin_ms", bin_ms) / SAMPLE
    width = round(samples)
    total = round(DURATION / SAMPLE)
    if abs(samples - width) > 1e-9 * samples or width < 1 or total % width:
        raise ValueError(
            f"bin_ms is {bin_ms!r}, wanted a multiple of {SAMPLE} ms of which a whole number makes {DURATION:.0f} ms, "
            "such as 1.0 or 2.0."
        )
    amplitude, times = _released(int(recording))
    sound = amplitude.reshape(-1, width).mean(axis=1)
    # In whole samples, so that no rounding decides in which bin a spike lies.
    spikes = np.bincount(np.rint(times / SAMPLE).astype(int) // width, minlength=sound.size)
    return Locust(sound[None], spikes[None].astype(np.float64), times[None].copy(), width * SAMPLE)


@functools.cache
def _released(recording: int) -> tuple[np.ndarray, np.ndarray]:
    stimulus, spikes = (f"data/grasshopper_{what}{recording}.txt" for what in ("stimulus", "spike_times"))
    columns = np.array(installed.read("nitime", stimulus, SHA256[stimulus]).split(), dtype=np.float64)
    lines = installed.read("nitime", spikes, SHA256[spikes]).splitlines()
    times = np.array([line for line in lines if line.strip() and not line.startswith(b"#")], dtype=np.float64)
    amplitude, times = np.ascontiguousarray(columns[1::2]), times / 1000  # µs -> ms
    for array in (amplitude, times):
        array.setflags(write=False)
    return amplitude, times

"""Are the data that come inside of other packages found, checked and returned as they say?"""

import importlib
import importlib.util
import shutil
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from helpers import data
from helpers.data import installed

locust_module = importlib.import_module("helpers.data.locust")
photo_module = importlib.import_module("helpers.data.photo_patches")


def folder_of(package: str) -> Path:
    return Path(importlib.util.find_spec(package).submodule_search_locations[0])


@pytest.fixture
def moved(tmp_path, monkeypatch):
    """The data of both packages in private copies, read afresh; yields the folder that holds them."""
    found = {}
    for package, files in (
        ("nitime", locust_module.SHA256),
        ("skimage", [f"data/{n}.png" for n in photo_module.PHOTOS]),
    ):
        (tmp_path / package / "data").mkdir(parents=True)
        for name in files:
            shutil.copy(folder_of(package) / name, tmp_path / package / name)
        found[package] = ModuleSpec(package, None, is_package=True)
        found[package].submodule_search_locations = [str(tmp_path / package)]
    monkeypatch.setattr(installed, "find_spec", found.get)
    caches = (installed.read, locust_module._released, photo_module._decoded)
    for cache in caches:
        cache.cache_clear()
    yield tmp_path
    for cache in caches:
        cache.cache_clear()


CASES = [
    ("nitime/data/grasshopper_stimulus1.txt", data.locust),
    ("nitime/data/grasshopper_spike_times1.txt", data.locust),
    ("nitime/data/grasshopper_spike_times2.txt", lambda: data.locust(2)),
    ("skimage/data/coffee.png", lambda: data.photo_patches(np.random.default_rng(0), 5)),
]


@pytest.mark.parametrize(("file", "load"), CASES)
def test_untouched_copies_load_and_a_missing_file_is_named(moved, file, load):
    load()
    installed.read.cache_clear()
    locust_module._released.cache_clear()
    photo_module._decoded.cache_clear()
    (moved / file).unlink()
    with pytest.raises(FileNotFoundError, match=f"{Path(file).name} is missing from the package {file.split('/')[0]}"):
        load()


@pytest.mark.parametrize(("file", "load"), CASES)
def test_one_changed_byte_is_noticed(moved, file, load):
    content = bytearray((moved / file).read_bytes())
    content[len(content) // 2] ^= 1
    (moved / file).write_bytes(content)
    with pytest.raises(
        ValueError, match=f"{Path(file).name} is not the one .* wanted [0-9a-f]{{12}}.*requirements.txt"
    ):
        load()


@pytest.mark.parametrize(("file", "load"), CASES)
def test_a_missing_package_is_named_with_the_remedy(moved, monkeypatch, file, load):
    monkeypatch.setattr(installed, "find_spec", lambda package: None)
    with pytest.raises(FileNotFoundError, match=f"package {file.split('/')[0]}, which holds .* is not installed"):
        load()


@pytest.mark.parametrize(("recording", "n"), [(1, 929), (2, 868)])
@pytest.mark.parametrize("bin_ms", [0.05, 1.0, 2.0, 3.2])
def test_the_locust_is_what_the_files_say(recording, n, bin_ms):
    loaded = data.locust(recording, bin_ms)
    T = round(10_000 / bin_ms)
    assert loaded.sound.shape == loaded.spikes.shape == (1, T)
    assert loaded.spike_times.shape == (1, n)
    assert loaded.spikes.sum() == n
    assert loaded.spikes.max() == 1
    # Read a second time, by another way.
    folder = folder_of("nitime") / "data"
    micro = np.loadtxt(folder / f"grasshopper_spike_times{recording}.txt")
    np.testing.assert_allclose(loaded.spike_times[0], micro / 1000)
    # Counted in whole samples of 50 µs, so that no rounding decides.
    wanted = np.bincount((micro.astype(int) // 50) // round(bin_ms / 0.05), minlength=T)
    np.testing.assert_array_equal(loaded.spikes[0], wanted)
    amplitude = np.loadtxt(folder / f"grasshopper_stimulus{recording}.txt")[:, 1]
    assert loaded.sound.mean() == pytest.approx(amplitude.mean())
    width = round(bin_ms / 0.05)
    assert loaded.sound[0, 3] == pytest.approx(amplitude[3 * width : 4 * width].mean())


def test_patches_are_cut_from_the_photographs():
    patches = data.photo_patches(np.random.default_rng(0), 40, side=7)
    assert patches.X.shape == (49, 40)
    assert patches.image_shape == (7, 7)
    assert 0 <= patches.X.min() < patches.X.max() <= 1
    photos = [photo_module.photo(name) for name in photo_module.PHOTOS]
    for j in range(5):
        patch = patches.X[:, j].reshape(7, 7)
        windows = (np.lib.stride_tricks.sliding_window_view(image, (7, 7)) for image in photos)
        assert any((view == patch).all(axis=(2, 3)).any() for view in windows)


def test_the_photographs_are_those_of_scikit_image_in_grey():
    for name in photo_module.PHOTOS:
        with Image.open(folder_of("skimage") / "data" / f"{name}.png") as image:
            oracle = np.asarray(image.convert("L"), dtype=float) / 255
        np.testing.assert_allclose(photo_module.photo(name), oracle, atol=0.006)


def test_every_photograph_is_cc0_by_the_words_of_its_package():
    skimage_data = importlib.import_module("skimage.data")
    for name in photo_module.PHOTOS:
        words = getattr(skimage_data, name).__doc__
        assert "CC0" in words, name


def test_each_generator_draws_patches_of_its_own_and_a_caller_cannot_spoil_the_next():
    first = data.photo_patches(np.random.default_rng(1), 10).X
    np.testing.assert_array_equal(first, data.photo_patches(np.random.default_rng(1), 10).X)
    assert (first != data.photo_patches(np.random.default_rng(2), 10).X).any()
    before = data.locust()
    for array in (before.sound, before.spikes, before.spike_times, photo_module.photo("camera")):
        array += 1
    assert data.locust().spikes.max() == 1
    assert photo_module.photo("camera").max() <= 1


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: data.locust(3), "recording is 3, wanted 1 or 2"),
        (lambda: data.locust(1, 0.03), "bin_ms is 0.03"),
        (lambda: data.locust(1, 3.0), "bin_ms is 3.0"),
        (lambda: data.locust(1, -1.0), "bin_ms is -1.0"),
        (lambda: data.photo_patches(0, 5), "rng is 0"),
        (lambda: data.photo_patches(np.random.default_rng(0), 0), "m is 0"),
        (lambda: data.photo_patches(np.random.default_rng(0), 5, side=301), "side is 301, wanted at most 300"),
        (lambda: photo_module.photo("lena"), "name is 'lena'"),
    ],
)
def test_errors_are_sentences(call, said):
    with pytest.raises(ValueError, match=said):
        call()

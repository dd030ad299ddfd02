import threading

import pytest

from casebound.report.progress import Progress


@pytest.fixture
def progress():
    progress = Progress()
    progress.notebooks, progress.done = 3, 1
    return progress


def test_a_line_says_how_far_a_build_is_and_what_it_does(progress):
    assert progress.line().startswith("1 of 3 notebooks · 0.")
    with progress.doing("10-timeline", notebook=True), progress.doing("checking the case"):
        assert progress.line().startswith("1 of 3 notebooks · 10-timeline, checking the case · 0.")
    assert progress.line().startswith("2 of 3 notebooks · 0.")


def test_a_part_that_fails_took_its_time_too(progress):
    with pytest.raises(ZeroDivisionError), progress.doing("10-timeline", notebook=True):
        1 / 0  # noqa: B018
    assert [part for part, _ in progress.took] == ["10-timeline"]


def test_parts_may_run_side_by_side(progress):
    met = threading.Barrier(2)

    def run(name):
        with progress.doing(name, notebook=True):
            met.wait()

    threads = [threading.Thread(target=run, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert progress.done == 3 and sorted(part for part, _ in progress.took) == ["a", "b"]


def test_timings_are_told_longest_first_and_end_with_the_whole(progress):
    progress.took += [("HTML", 0.25), ("PDF", 1.5)]
    first, second, whole = progress.timings()
    assert (first, second) == ("    1.50 s  PDF", "    0.25 s  HTML") and whole.endswith(" s  in all")

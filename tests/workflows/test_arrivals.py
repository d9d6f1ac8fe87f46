"""What is dropped is told apart, quickly also where it is much."""

from bgm_finder.jobs.job import Job
from bgm_finder.workflows.arrivals import sort_arrivals


def test_of_many_files_each_drive_is_asked_once(tmp_path, questions):
    files = [tmp_path / f"{number}.wav" for number in range(20)]
    for file in files:
        file.touch()
    found = sort_arrivals(Job(), [tmp_path, *files])
    assert (found.folders, found.files) == ((tmp_path.resolve(),), tuple(files))
    assert len(questions()) <= 1

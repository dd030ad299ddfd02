import pytest

from casebound import paths


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.delenv("CASEBOUND_ROOT", raising=False)
    for name in ["data", "notebooks"]:
        (tmp_path / "project" / name).mkdir(parents=True)
    return tmp_path / "project"


def test_the_root_is_found_from_a_folder_inside_it(project, monkeypatch):
    monkeypatch.chdir(project / "notebooks")
    assert paths.project_root() == project
    assert paths.case_dir("my-case") == project / "data" / "my-case"
    made = [paths.notebooks_dir(), paths.reports_dir(), paths.articles_dir(), paths.cache_dir()]
    assert made == [project / name for name in ["notebooks", "reports", "articles", ".cache"]]


def test_the_named_root_wins_and_is_refused_if_it_is_not_a_project(project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASEBOUND_ROOT", str(project))
    assert paths.project_root() == project
    monkeypatch.chdir(project)
    monkeypatch.setenv("CASEBOUND_ROOT", str(tmp_path))
    with pytest.raises(paths.ProjectNotFoundError, match=r"not a Casebound project.*unset it"):
        paths.project_root()


def test_outside_a_project_the_repository_of_the_package_is_used(project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(paths, "__file__", str(project / "src" / "casebound" / "paths.py"))
    assert paths.project_root() == project


def test_without_any_project_the_message_names_the_fix(tmp_path, monkeypatch):
    monkeypatch.delenv("CASEBOUND_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "lib" / "casebound" / "paths.py"))
    with pytest.raises(paths.ProjectNotFoundError, match="CASEBOUND_ROOT"):
        paths.project_root()


def test_the_usual_case_is_the_one_named_or_the_only_one(project, monkeypatch):
    monkeypatch.chdir(project)
    monkeypatch.delenv("CASEBOUND_CASE", raising=False)
    assert paths.usual_case() == ""
    for name, usual in [("hydro-2019", "hydro-2019"), ("jlr-2025", "")]:
        (project / "data" / name).mkdir()
        (project / "data" / name / "case.yaml").touch()
        assert paths.usual_case() == usual
    monkeypatch.setenv("CASEBOUND_CASE", "jlr-2025")
    assert paths.usual_case() == "jlr-2025"


def test_the_fonts_are_in_the_package():
    assert list(paths.FONTS.glob("*.otf"))

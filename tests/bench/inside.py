"""What a measured process does, most in a project's folder: `plain`, `api OUT`, `share N`, `additions`."""

import ast
import json
import sys
import time
import timeit
from functools import partial
from pathlib import Path

NOTEBOOKS = sorted(Path("notebooks").glob("[0-9]*.ipynb"))


def plain() -> None:
    """Run the cells of all notebooks as one script, and print what they show; the least that can be done."""
    for path in NOTEBOOKS:
        names = {"__name__": "__main__"}
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                _run("".join(cell["source"]), names)


def _run(source: str, names: dict) -> None:
    body = ast.parse(source).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "cell", "exec"), names)
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
    if value is not None:
        print(value._repr_mimebundle_() if hasattr(value, "_repr_mimebundle_") else value)


def api(out: str) -> None:
    """Run every notebook and render it, with papermill and nbconvert as libraries."""
    import papermill
    from nbconvert import HTMLExporter

    exporter = HTMLExporter()
    for path in NOTEBOOKS:
        executed = Path(out, path.name)
        papermill.execute_notebook(path, executed, progress_bar=False)
        executed.with_suffix(".html").write_text(exporter.from_filename(str(executed))[0], "utf-8")


def share(jobs: str) -> None:
    """Print the seconds that the notebooks alone take, so many at once, in kernels as a build starts them."""
    from casebound.report.build import Request
    from casebound.report.execution.kernels import Kernels, executed, running

    request, failed = Request("jlr-2025"), Path("failed")
    with request.forks() as forks:
        executed(NOTEBOOKS[0].resolve(), Kernels(request.parameters, forks), failed)  # now all is imported
        kernels = Kernels(request.parameters, forks)
        runs = {path.stem: partial(executed, path.resolve(), kernels, failed) for path in NOTEBOOKS}
        started = time.perf_counter()
        with running(runs, kernels, int(jobs)) as found:
            for each in found.values():
                each.result()
            print(time.perf_counter() - started)


def additions() -> None:
    """Print the seconds that a fixed piece of work takes just now."""
    print(timeit.timeit("for number in range(20_000_000): total += number", "total = 0", number=1))


if __name__ == "__main__":
    {"plain": plain, "api": api, "share": share, "additions": additions}[sys.argv[1]](*sys.argv[2:])

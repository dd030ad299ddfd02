"""Limits: how a report's moment and sources reach a notebook that loads the case without naming any.

In a build these variables hold what was asked of the report, so that a reader's notebook does not bring what was not
known yet into a report of an earlier day.
"""

LIMITS = {"as_of": "CASEBOUND_AS_OF", "sources": "CASEBOUND_SOURCES"}

"""Draft: a report that is built while problems remain, each of them shown where it stands."""

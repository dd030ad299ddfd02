from casebound.environment import unmet


def test_a_requirement_that_is_missing_or_too_old_is_unmet():
    assert unmet(["pandas>=1", "pandas>=99", "no-such-distribution"]) == [
        "pandas>=99",
        "no-such-distribution",
    ]


def test_a_requirement_for_another_platform_is_not_asked_for():
    assert unmet(["no-such-distribution; sys_platform == 'another'"]) == []

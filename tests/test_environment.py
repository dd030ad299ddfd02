from casebound.environment import unmet


def test_a_requirement_of_this_platform_that_is_missing_or_too_old_is_unmet():
    elsewhere = "no-such-distribution; sys_platform == 'another'"
    assert unmet(["pandas>=1", "pandas>=99", "absent", elsewhere]) == ["pandas>=99", "absent"]

"""A service at one place, or wherever it is offered."""

from tests.gateway.appointments.sample import edited


def test_the_counters_of_a_service_are_those_of_a_place_or_all() -> None:
    agenda = edited()
    service = agenda.services["passport"]
    assert [counter.id for counter in agenda.counters_of(service)] == ["timur.foto"]
    assert [counter.id for counter in agenda.counters_of(service, "timur")] == ["timur.foto"]
    assert agenda.counters_of(service, "barat") == ()

from amanat.core import gate_verification as verification
from tests.core.gate_samples import MESSAGES, REFERENCE, STEPS, TO_DEVICE, TRANSACTION

# As matrix-nio 0.26 writes them: it begins with the start, and cancels with codes of its own.
NIO = {
    "m.key.verification.start": {
        "from_device": "ABCDEFGHIJ",
        "method": "m.sas.v1",
        "transaction_id": "9c0a2f4e-7b1b-4c55-8a31-2f0f0a6d3c11",
        "key_agreement_protocols": ["curve25519", "curve25519-hkdf-sha256"],
        "hashes": ["sha256"],
        "message_authentication_codes": ["hkdf-hmac-sha256", "hmac-sha256"],
        "short_authentication_string": ["decimal", "emoji"],
    },
    "m.key.verification.cancel": {
        "code": "m.user_error",
        "reason": "User mismatch",
        "transaction_id": "9c0a2f4e-7b1b-4c55-8a31-2f0f0a6d3c11",
    },
}


def test_in_a_room_a_step_names_the_request_it_belongs_to() -> None:
    for event_type, shape in verification.in_room().items():
        assert shape.fits(MESSAGES[event_type])
        assert not shape.fits(STEPS[event_type])
        assert not shape.fits({**STEPS[event_type], **TRANSACTION})


def test_between_devices_a_step_carries_its_transaction() -> None:
    for event_type, shape in verification.to_device().items():
        assert shape.fits(TO_DEVICE[event_type])
        assert not shape.fits({**STEPS.get(event_type, {}), **REFERENCE})


def test_what_matrix_nio_sends_is_taken() -> None:
    shapes = verification.to_device()
    assert [event_type for event_type, content in NIO.items() if not shapes[event_type].fits(content)] == []


def test_a_message_that_calls_itself_a_request_has_no_room_for_a_text() -> None:
    request, shape = MESSAGES["m.room.message"], verification.room_request()
    assert shape.fits(request)
    assert not shape.fits({**request, "formatted_body": "<b>hello</b>"})
    assert not shape.fits({**request, "msgtype": "m.text"})
    assert not shape.fits({**request, "body": "x" * (verification.MAX_FALLBACK + 1)})

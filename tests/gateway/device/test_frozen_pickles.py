"""What a release has sealed opens in every later one: samples that were made on 2026-11-22 with vodozemac 0.10.

They are frozen: a change of the form that vodozemac keeps things in would be found here before it costs a service its
chats.
"""

from base64 import b64decode
from typing import Final

from vodozemac import AnyOlmMessage, Curve25519PublicKey, MegolmMessage

from amanat.gateway.device.pickles import Pickles

PICKLES: Final = Pickles(b"k" * 32)

ROOM_KEY = (
    "WWBJS2ujh6Nj6kPcacQ2sjBnV6uO3FUPLxfnJU/pyN0GEn2tM34kYE/kE5lJ8syVxpzt07BYI60qlvaXMcnc7K6DA9n7rUF4vklT"
    "njumQe4nSc5fhBEsmPa46o2nxCzmPhhz7yjWKqCIT+50MlWSW03v+DImvfEpoQvYwKyeuFlUQ354PSnXN/YFs+gFZZsss2hTHJna"
    "FEY3Of4y70F3kDjFpXRT279sIcH0UgumynMOGzqkXcgTutxrswAjMfESM7BHP7KaKSU9WXTaKjmqcBj/mJEdBcXFryWdNsb6smUW"
    "BXiRjg+Zzk/fWnvLSpLTfx+qPWO4oynULQdfpNC+iUcY84+c8j82vAzwNVXiyrevanTybhL7R2A9Pjct4Tt2B1gHZD3cpArlF666"
    "2ArcBRRr8300L/SHgTdeyMwBiXXoyH0osN7X97wr3p/x+NlOPAc/KD5/JddcsfQYpzrneHTNJ7PnMj9tLfz8AJ1qsEbyPR3M8HKJ"
    "d3mavTGcgHvuSTKF3ejYBLCC/wW1ILWuc85SoQCHtu03dAZS18mdQaAH9WyefCBRDIdP6xUv2u4znwbCiFrtr+I89+LAxYZL91eA"
    "qreT0JLeM+uGTs4EAipU/BViElMjjA/NTlnN9a3V6ECMnZGENSKQcUzMeoLS6gI6BjLvOW0ZmXnUSmgx0zEHKeVnL04vhYrgshJ9"
    "pzOSULtN3rzo7yUuIhHoxlcy8BfJYdt+Nsc+p52UTzf/4FcUA1Ce24i4DGLEvK7UyGuyRv55qQnhVbqQrH4dhh0joEoM6HPWSyxX"
    "GtRNbHzJRq/3fd7AbiFj6WG//wJSzTkeF3cdpPogbjdAAAy2iUzyZbIBvmNwt959fiPu2zac3vG6XZdN3uru29Oj4zDF4rW8ViGD"
    "h2j3Ldy75lcZvT1EIvxFXX0IWpNyg3VWVa/VW2OAIAaXjVlnwA"
)
MESSAGE = (
    "AwgAEhA07DtB0W9SJ6w+WvJqQzfR55Lf3GufWd8OEadxs3T6N5dZMcBY7kF93t93JQHenjKkeMmTm8MbG3VFGw9XKAUaw9gd0Ks4"
    "19Th5phPyJlUroIUJv/qBvMH"
)
ACCOUNT = (
    "1n9J1ZLPwBdPei98cCsRdzMtqbJGHDRfnUUS4fGbi+RdYV8AgszOHYofgEtRPXNiDXdGVbMjokV4TfjjRMHUftcx98Ekvvz09r6w"
    "d9UicLYksun5HqKYsxVWhG3SmZ7fI4m0vfs3vp1tWDasfH2JrgHWNQulg6/6bZoG82EH9BKf9PIhn93SnZr87DIIOqPN0aZuuea6"
    "Z5u2JZPHiuqkhjfIQQPdk8Apb5xK7qSG54EAtW1irYNORCHfa/vX0N++BEG+T+thpEYR6bkBryBTo47tASIH+g/Rxfo+H8Q+tvHx"
    "WJQCkhhcX4oc37cQAFx+uOMnX0QLuCghrVl+LGRKs5vLXSgwj0akXgkDDsfbceLx7IyiLXBHwuB69rfiHxDGUlrUwQsEclbruziI"
    "sWzVnXDwgBpn6dk1j9syWHMWv/W7Rtt6FEJWQTNI6MCQo5+Zqa639aBoVuTCga5UEyAp/f3sTvgz3H3ytMrRGuRI5qVfoOdgVQoh"
    "o7ysfE4RF/Y4fCGwhmnVIp/5wdrDgle2h58W3DJaTNi7weOCi18py+jLzBdpWON01s5uimoTsmpefN0QGvNtUuRaNXxA1Cpi6wHm"
    "JhtfFCkyUENBJKV2d8FKdEXLnxHBpvmw99oT3LfcU6xaupCSXeJYWBWmFjLgBsM9oaImSU1CPCJhSipc1+bLN/ntzfyJ6urM00cZ"
    "dDByHdxA6zVkw257ta952n7fM8WQdL/LrcG86D5ZsPBdDWGVwMrpC6qWJiPLx7NYm4IOaBLkK9VQRk9WoagmRBUtAN5LUjfHuJMO"
    "h83vzR5BCeYj/6W/6pKZncp/usTWGg40vScAiRfNd0t0BTP53rnZj4ixhxhH4CaChsPc6qiXyNxSfC/QRAc6MRSyUixltlHyHPcH"
    "3/s4WWE"
)
SENDER = "GI8wr1nvYFIeUdpVbCNfV88Pjh914g794QsdJnEAPjg"
LETTER = (
    "Awogs7U3m14oRBVibm5Vkc2Mf5E2Og0bcJyBCM0wIGR0DH4SIDX3mziWX82liXj01gilKJXYbON21oZiK3L58AZ3aO4jGiAYjzCv"
    "We9gUh5R2lVsI19Xzw+OH3XiDv3hCx0mcQA+OCI/AwogzduWJu5/iubJ+akB7fEj2shzhsB0hdoqEizk539SDVEQACIQPsH0M+cG"
    "8QqW49Azb8lL2u7NYekJpm/a"
)
OUTBOUND = (
    "+UBxnLKZC1jTqw0BhDdpV6AkxdX0Ec5gKjmSXTRorBDMvg0zgatoYyVzlrtAYDklNQ4S/x0gzWX/fLfbAuNjri93Ujz67m7kcHnm"
    "ZVgYYKYPUPEpVTZYIT4IoqwjrmIlkfLIknjDqbeAilJGrkHvEMKEaWoSBDOr+ZCVQoZtmoDbglEzCofIB7DqtiLGTb+LJuecUV1L"
    "MMwn15ToKoJdYyHCyp8IVnvbm/NC9ZD2bXKldSY7ZhPC4ysXLGnPXppeXPbBDVxNZTbozA4Sw02RdAzfo7sXH3hsprRvjaMUD9Yw"
    "mq8c5H4Qa8jGVhP8Akk2OPe6Ql0cp9tnpKGRbVOWrSFSczvV+92rYOE20maGersI/ZAsngEuMn8qDV5UJtVnlfTFvoHh2IhYeAns"
    "kAPt3dG5gJDd2lrPdzaVFa3kFRu0E+Sb7Ax9U3WukTarSos6ni7paBLbWSbbBSHB4+emQub6O13NDDXaq5UfvLhMvMrwjmsgaExr"
    "AwdUjXC42iYefc9kd/2dyuWyWabzMRvhe5ONuB3eaBfrJVIPp5cP7LucY9bgfEnVZVU5b9VSueM1xQryYEWd8cqP2sMGkTyq/D3M"
    "5EcFoYqY8M8LP6sMQBAskw5kGpgJtN/XYXqX72MZYKV2J9ykSUjMAsGVbrBDuxCfG5VnaRij57yNopNg7BgUz9tH2sVOXXdYIx8J"
    "oixOfBl5KaSdYMC/2s25a2SrF6ZVOYjLjdN4FUqZuvXAH0R/duWRWzk2wKLvpM0pZ1144iE0J/Q6ulXkgPaYlJzWp8U5b85XKKZu"
    "x5R5wkh2XWJuS/X3jOQctn413/AzTuGqXjJyHDcg4uEuyTGJP300KJNJYebdaCV7vJLjkGjBKB/Pqe4TwxEoNuApnyLY4LbZPvuV"
    "0I49lC449NmIaOMHTUXQCq8C/YH2"
)
SESSION_ID = "qY1S7brk8ri2Pz4Jg3HibWlHrBV7BxTE4fmQFLGuXL0"


def test_a_room_key_of_then_opens_what_was_said_then() -> None:
    decrypted = PICKLES.room_key(ROOM_KEY).decrypt(MegolmMessage.from_base64(MESSAGE))
    assert (decrypted.plaintext, decrypted.message_index) == (b"said before", 0)


def test_an_account_of_then_opens_a_letter_to_it() -> None:
    opening = AnyOlmMessage.from_parts(0, b64decode(LETTER)).to_pre_key()
    assert opening is not None
    _, plain = PICKLES.account(ACCOUNT).create_inbound_session(Curve25519PublicKey.from_base64(SENDER), opening)
    assert plain == b"a letter"


def test_a_session_of_then_goes_on() -> None:
    session = PICKLES.outbound_session(OUTBOUND)
    assert (session.session_id, session.message_index) == (SESSION_ID, 1)

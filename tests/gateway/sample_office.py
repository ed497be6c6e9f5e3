"""The sample office, as tests of the whole path use it."""

from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final

from amanat.cli.sample_services import EXAMPLES
from amanat.gateway.flows.folder import read_folder
from amanat.gateway.office_files.calendars import is_open
from amanat.gateway.service_files import load_service

SAMPLE: Final = EXAMPLES / "layanan-paspor"


def open_day(*, after: int = 0) -> date:
    """Return a day on which it is open, from the day after tomorrow on; `after`: so many open days later."""
    agenda = load_service(read_folder(SAMPLE)).agenda
    assert agenda is not None
    (place,) = agenda.places.values()
    today = datetime.now(place.zone)
    days = (today.replace(hour=9, minute=30) + timedelta(days=ahead) for ahead in range(2, 28))
    open_days = (day.date() for day in days if is_open(place.calendar, day))
    return next(islice(open_days, after, None))

-- pre: appointments: who has which place, who waits, and what was answered

-- A visit, from the hold to some days after it, when it is forgotten. Bounded by the seats of the days that can be booked
-- and of the days that are kept. `seat` is NULL once it stands for no place any more.
CREATE TABLE appointments (
    person TEXT NOT NULL,
    service TEXT NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    channel TEXT NOT NULL,
    counter TEXT NOT NULL,
    day TEXT NOT NULL,
    starts_ms INTEGER NOT NULL,
    ends_ms INTEGER NOT NULL,
    seat INTEGER,
    identity TEXT NOT NULL,
    priority TEXT NOT NULL,
    chat TEXT NOT NULL,
    details BLOB NOT NULL,
    moves INTEGER NOT NULL,
    until_ms INTEGER,
    turn_ms INTEGER,
    arrived_ms INTEGER,
    reminded_ms INTEGER,
    due_ms INTEGER NOT NULL,
    PRIMARY KEY (person, service, number)
) WITHOUT ROWID;
-- A place is taken once, whatever the program believes.
CREATE UNIQUE INDEX appointments_seat ON appointments (counter, starts_ms, seat);
CREATE UNIQUE INDEX appointments_number ON appointments (number);
CREATE INDEX appointments_due ON appointments (due_ms);
CREATE INDEX appointments_day ON appointments (day, counter);

-- The seats that are taken, in the order in which a day is looked through. One for each appointment with a seat.
CREATE TABLE appointment_seats (
    counter TEXT NOT NULL,
    day TEXT NOT NULL,
    starts_ms INTEGER NOT NULL,
    seat INTEGER NOT NULL,
    channel TEXT NOT NULL,
    number TEXT NOT NULL,
    PRIMARY KEY (counter, day, starts_ms, seat)
) WITHOUT ROWID;

-- The live appointments of an identity. One for each live appointment that names one.
CREATE TABLE appointment_identities (
    identity TEXT NOT NULL,
    service TEXT NOT NULL,
    number TEXT NOT NULL,
    PRIMARY KEY (identity, service, number)
) WITHOUT ROWID;

-- Visits that somebody did not come to. Swept when they no longer count.
CREATE TABLE appointment_strikes (
    subject TEXT NOT NULL,
    service TEXT NOT NULL,
    strikes INTEGER NOT NULL,
    blocked_until_ms INTEGER NOT NULL,
    forget_ms INTEGER NOT NULL,
    PRIMARY KEY (subject, service)
) WITHOUT ROWID;
CREATE INDEX appointment_strikes_forget ON appointment_strikes (forget_ms);

-- What was answered to a request, so that asking twice is asking once. Swept after some days.
CREATE TABLE appointment_requests (
    request TEXT NOT NULL PRIMARY KEY,
    answer BLOB,
    at_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX appointment_requests_at ON appointment_requests (at_ms);

-- Requests of a release's first minute, in the order in which they are drawn. One for each person; emptied by the draw.
CREATE TABLE appointment_lots (
    service TEXT NOT NULL,
    draw_ms INTEGER NOT NULL,
    lot TEXT NOT NULL,
    person TEXT NOT NULL,
    request TEXT NOT NULL,
    wish BLOB NOT NULL,
    PRIMARY KEY (service, draw_ms, lot, person)
) WITHOUT ROWID;

-- Who waits for a day that is full, first come first. As many for each day as its service allows; swept with the day.
CREATE TABLE appointment_waiting (
    service TEXT NOT NULL,
    day TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    person TEXT NOT NULL,
    wish BLOB NOT NULL,
    PRIMARY KEY (service, day, since_ms, person)
) WITHOUT ROWID;

-- Days at which a seat may have become free for somebody who waits; `due_ms` is when to look. One for each day at most.
CREATE TABLE appointment_openings (
    counter TEXT NOT NULL,
    day TEXT NOT NULL,
    due_ms INTEGER NOT NULL,
    PRIMARY KEY (counter, day)
) WITHOUT ROWID;

-- Days on which a counter is closed after all. `settled` once everybody who had a seat was told. Swept with the day.
CREATE TABLE appointment_closures (
    counter TEXT NOT NULL,
    day TEXT NOT NULL,
    reason TEXT NOT NULL,
    settled INTEGER NOT NULL,
    PRIMARY KEY (counter, day)
) WITHOUT ROWID;

-- Days that had no seat for the public when somebody asked, so that the next who asks need not be shown every seat. What is
-- freed deletes it, other settings make it void (`grid`). One for each day at most; swept with the day.
CREATE TABLE appointment_full_days (
    counter TEXT NOT NULL,
    day TEXT NOT NULL,
    released INTEGER NOT NULL,
    grid TEXT NOT NULL,
    PRIMARY KEY (counter, day)
) WITHOUT ROWID;

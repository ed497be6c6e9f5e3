-- name: by_number
-- The appointment with a number.
SELECT person, service, number, state, channel, counter, day, starts_ms, ends_ms, seat, identity, priority, chat,
    details, moves, until_ms, turn_ms, arrived_ms, reminded_ms, due_ms, displaced_from,
    struck, before
FROM appointments WHERE number = :number;

-- name: of_day
-- The appointments of a day at some counters, in the order of the day.
SELECT person, service, number, state, channel, counter, day, starts_ms, ends_ms, seat, identity, priority, chat,
    details, moves, until_ms, turn_ms, arrived_ms, reminded_ms, due_ms, displaced_from,
    struck, before
FROM appointments WHERE day = :day AND counter IN :counters ORDER BY starts_ms, counter, number;

-- name: displaced
-- The appointments that were offered another seat when a counter was closed for a day.
SELECT person, service, number, state, channel, counter, day, starts_ms, ends_ms, seat, identity, priority, chat,
    details, moves, until_ms, turn_ms, arrived_ms, reminded_ms, due_ms, displaced_from,
    struck, before
FROM appointments WHERE displaced_from = :displaced_from ORDER BY starts_ms, counter, number;

-- name: line
-- Who has arrived at a counter and was not called, in the order of their turn.
SELECT person, service, number, state, channel, counter, day, starts_ms, ends_ms, seat, identity, priority, chat,
    details, moves, until_ms, turn_ms, arrived_ms, reminded_ms, due_ms, displaced_from,
    struck, before
FROM appointments WHERE day = :day AND counter = :counter AND state = 'arrived' ORDER BY turn_ms, arrived_ms, number;

-- name: due
-- The first appointments at which something is to be done.
SELECT person, service, number, state, channel, counter, day, starts_ms, ends_ms, seat, identity, priority, chat,
    details, moves, until_ms, turn_ms, arrived_ms, reminded_ms, due_ms, displaced_from,
    struck, before
FROM appointments WHERE due_ms <= :now_ms ORDER BY due_ms, number LIMIT :most;

-- name: due_lots
-- The first lots to be drawn.
SELECT service, draw_ms, lot, person, request, wish
FROM appointment_lots WHERE draw_ms <= :now_ms ORDER BY service, draw_ms, lot, person LIMIT :most;

-- name: due_openings
-- The first days at which to look for those who wait.
SELECT counter, day, due_ms FROM appointment_openings WHERE due_ms <= :now_ms ORDER BY due_ms, counter, day LIMIT :most;

-- name: waiting_for
-- Who waits for a day, first come first.
SELECT service, day, since_ms, person, wish
FROM appointment_waiting WHERE day = :day AND service IN :services ORDER BY since_ms, service, person LIMIT :most;

-- name: on_closed_days
-- The first appointments on days that were closed after they were made.
SELECT a.person, a.service, a.number, a.state, a.channel, a.counter, a.day, a.starts_ms, a.ends_ms, a.seat,
    a.identity, a.priority, a.chat, a.details, a.moves, a.until_ms, a.turn_ms, a.arrived_ms, a.reminded_ms, a.due_ms,
    a.displaced_from, a.struck, a.before
FROM appointment_closures AS c JOIN appointments AS a ON a.counter = c.counter AND a.day = c.day
WHERE c.settled = 0 AND a.state IN ('held', 'offered', 'booked') ORDER BY a.starts_ms, a.number LIMIT :most;

-- name: unsettled
-- Closed days of which not everybody was told.
SELECT counter, day, reason, settled FROM appointment_closures WHERE settled = 0 ORDER BY day, counter LIMIT :most;

-- name: old_requests
-- Requests that nobody repeats any more.
SELECT request, answer, at_ms FROM appointment_requests WHERE at_ms < :before_ms ORDER BY at_ms, request LIMIT :most;

-- name: old_strikes
-- Strikes that no longer count.
SELECT subject, service, strikes, blocked_until_ms, forget_ms
FROM appointment_strikes WHERE forget_ms <= :now_ms ORDER BY forget_ms, subject LIMIT :most;

-- name: old_waiting
-- Those who wait for a day that is over.
SELECT service, day, since_ms, person, wish
FROM appointment_waiting WHERE day < :before ORDER BY day, service, since_ms, person LIMIT :most;

-- name: old_closures
-- Closed days that are over.
SELECT counter, day, reason, settled FROM appointment_closures WHERE day < :before ORDER BY day, counter LIMIT :most;

-- name: old_full_days
-- Full days that are over.
SELECT counter, day, released, grid FROM appointment_full_days WHERE day < :before ORDER BY day, counter LIMIT :most;

-- name: in_use
-- The counters and services of live appointments, with the day of the last.
SELECT service, counter, max(day) AS day FROM appointments
WHERE state IN ('held', 'offered', 'booked', 'arrived') GROUP BY service, counter ORDER BY service, counter;

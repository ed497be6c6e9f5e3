-- pre: which level somebody gets back when a silence of theirs ends

ALTER TABLE bot_dues ADD COLUMN former TEXT NOT NULL DEFAULT '';

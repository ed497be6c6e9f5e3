-- pre: the staff open what people send, and send files themselves

-- The file that a line brought: JSON, how it is called and what opens what lies locked with the server. It goes with its row.
ALTER TABLE desk_lines ADD COLUMN file BLOB;

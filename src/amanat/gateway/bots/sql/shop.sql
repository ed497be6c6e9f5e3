-- name: products_after
-- A page of what a bot sells.
SELECT * FROM bot_products WHERE number > :after ORDER BY number LIMIT :most;

-- name: products_of
-- Some of what a bot sells, by its own names.
SELECT * FROM bot_products WHERE id IN :ids ORDER BY number;

-- name: product_of_number
-- One product.
SELECT * FROM bot_products WHERE number = :number;

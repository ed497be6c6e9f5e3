-- pre: what else feeds say of a product

-- `details`: texts by the names that Meta's feeds have for them, such as `brand` and `condition`, as JSON.
ALTER TABLE bot_products ADD COLUMN details BLOB;

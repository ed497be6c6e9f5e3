"""Meta's static flows: their JSON as Amanat's forms, where they are kept, and how they are asked for."""

-- The scheduler's own database, made when PostgreSQL starts for the first time.
CREATE DATABASE prefect OWNER longlou;

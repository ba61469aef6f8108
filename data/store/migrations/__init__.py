"""How did the tables come to be? One file a step, numbered; run by `data.store.migrate`."""

"""Where is it kept? Runs, judgements, persons, links, classifications, findings, queue, audit."""

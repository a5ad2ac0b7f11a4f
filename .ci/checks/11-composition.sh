#!/usr/bin/env bash
# minutes: 4
# The whole service in one process: what its parts do together, and what is left when it is stopped anywhere.
exec npm run --silent test:composition

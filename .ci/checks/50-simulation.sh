#!/usr/bin/env bash
# minutes: 4
# A hundred seeds of the crash simulation, and what is made wrong on purpose, which must be caught.
exec npm run --silent test:simulation

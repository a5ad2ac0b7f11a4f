#!/usr/bin/env bash
# minutes: 4
# What is made wrong on purpose in the simulation, which must be caught.
exec npm run --silent test:simulation -- controls

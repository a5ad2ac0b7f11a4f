#!/usr/bin/env bash
# minutes: 5
# What the service does at AWS, by the real clients against the simulated AWS.
exec npm run --silent test:aws

#!/usr/bin/env bash
# minutes: 4
# Thousands of requests made at random from the API's description, to every route.
exec npm run --silent test:fuzz

#!/usr/bin/env bash
# minutes: 2
# Thousands of requests made at random from the API's description, to every route.
exec npm run --silent test:fuzz

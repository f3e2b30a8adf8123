#!/bin/sh
# Double click on macOS: sets promptlab up and runs the demonstration.
cd "$(dirname "$0")" || exit 2
if ! command -v python3 >/dev/null 2>&1; then
    echo "Python n’est pas sur cet ordinateur. Installez Python 3.11 ou plus récent depuis python.org, puis recommencez."
    exit 2
fi
exec python3 start.py "$@"

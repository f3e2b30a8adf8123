@echo off
rem Double click: sets promptlab up and runs the demonstration. Or: start.bat and a command
chcp 65001 >nul
pushd "%~dp0"
if exist python\python.exe (
  python\python.exe start.py %*
  goto done
)
py -3 -c "" >nul 2>nul
if not errorlevel 1 (
  py -3 start.py %*
  goto done
)
python -c "" >nul 2>nul
if not errorlevel 1 (
  python start.py %*
  goto done
)
echo Python n'est pas sur cet ordinateur.
echo Installez Python 3.11 ou plus recent depuis python.org : choisissez "pour moi seulement",
echo cela ne demande aucun droit d'administrateur. Puis recommencez.
pause
:done
popd

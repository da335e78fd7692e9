@echo off
rem Windows: double-click. Whatever follows is passed on: start.bat --everyone
cd /d "%~dp0"
where py >nul 2>nul && (py -3 serve.py %* & goto end)
where python >nul 2>nul && (python serve.py %* & goto end)
where node >nul 2>nul && (node serve.mjs %* & goto end)
echo Please install Python 3 (python.org) or Node (nodejs.org): one of them serves the page.
:end
pause

# The stand-in with many rows, beside SQLite with the same: taking them, what they cost in memory, and queries. Called by run.ps1.
param([int] $Rows = 1000000, [int] $Rounds = 5)

$ErrorActionPreference = 'Stop'
$project = Join-Path $PSScriptRoot 'AdxFlow.Bench.Local'
& dotnet build $project --configuration Release --verbosity quiet --nologo | Out-Null
if ($LASTEXITCODE -ne 0) { throw 'The benchmark of the stand-in does not build.' }
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "adxflow-bench-$PID"
try {
    # In memory, and once more kept in a folder; a process of its own for each.
    foreach ($arguments in @($Rows, $Rounds), @($Rows, $Rounds, $folder)) {
        & dotnet (Join-Path $project 'bin/Release/net10.0/AdxFlow.Bench.Local.dll') @arguments
        if ($LASTEXITCODE -ne 0) { throw 'The benchmark of the stand-in failed.' }
    }
}
finally {
    if (Test-Path $folder) { Remove-Item -Recurse -Force $folder }
}

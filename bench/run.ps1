#requires -Version 7.4
<#
.SYNOPSIS
    Measures AdxFlow against what PowerShell itself, and others, do with the same data, in one run on one machine, and prints tables.
.DESCRIPTION
    The cases of an area take turns, in another order each round, with a garbage collection before each; the figure of a case
    is the median of its rounds. A figure counts only if the outcome was right: every row in the table, every line in the file.
    Nothing here is a test: machines differ and are shared, so compare the ratios, not the seconds.
#>
[CmdletBinding()]
param(
    # What to measure: sending custom objects, sending .NET objects and data readers, sending files, sending a file beside
    # Microsoft's Node SDK, the memory of sending, querying, importing the module, the stand-in
    # beside SQLite.
    [ValidateSet('Send', 'Sources', 'Files', 'Sdk', 'Memory', 'Query', 'Import', 'Local')]
    [string[]] $Area = @('Send', 'Sources', 'Files', 'Sdk', 'Memory', 'Query', 'Import', 'Local'),

    # Rows to send or to query.
    [ValidateRange(10000, 100000000)]
    [int] $Rows = 1000000,

    # Rounds that count; one more comes before them to warm up.
    [ValidateRange(1, 100)]
    [int] $Rounds = 5
)

$ErrorActionPreference = 'Stop'
& dotnet build (Join-Path $PSScriptRoot 'AdxFlow.Bench') --configuration Release --verbosity quiet --nologo | Out-Null
if ($LASTEXITCODE -ne 0) { throw 'The benchmarks do not build.' }

foreach ($name in $Area) {
    # A process of its own, so that no area inherits the memory of another.
    & pwsh -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot "$name.ps1") -Rows $Rows -Rounds $Rounds
    if ($LASTEXITCODE -ne 0) { throw "The benchmark $name failed." }
}

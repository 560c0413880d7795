#requires -Version 7.4
<#
.SYNOPSIS
    Measures AdxFlow against what PowerShell itself does with the same objects, in one run on one machine, and prints one table.
.DESCRIPTION
    The cases take turns, in another order each round, with a garbage collection before each; the figure of a case is the
    median of its rounds. A figure counts only if the outcome was right: every row in the table, every line in the file.
    Nothing here is a test: machines differ and are shared, so compare the ratios, not the seconds.
#>
[CmdletBinding()]
param(
    # Objects to send.
    [ValidateRange(1000, 100000000)]
    [int] $Rows = 1000000,

    # Rounds that count; one more comes before them to warm up.
    [ValidateRange(1, 100)]
    [int] $Rounds = 5
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$root = Split-Path $PSScriptRoot
Import-Module (Join-Path $root 'AdxFlow.psd1')
$bench = Join-Path $PSScriptRoot 'AdxFlow.Bench'
& dotnet build $bench --configuration Release --verbosity quiet --nologo | Out-Null
if ($LASTEXITCODE -ne 0) { throw 'The benchmarks do not build.' }
Import-Module (Join-Path $bench 'bin/Release/net8.0/AdxFlow.Bench.dll')

Write-Host "Making $Rows objects with 6 properties ..."
$begin = [datetime]::new(2026, 1, 1, 0, 0, 0, [System.DateTimeKind]::Utc)
$objects = [object[]]::new($Rows)
for ($i = 0; $i -lt $Rows; $i++) {
    $objects[$i] = [pscustomobject]@{
        Id       = $i
        Time     = $begin.AddSeconds($i)
        Computer = "host-$($i % 500)"
        Value    = $i / 7.0
        Ok       = $i % 3 -ne 0
        Message  = "event $i of the run"
    }
}
$names = $objects[0].psobject.Properties.Name

$null = Connect-Adx -Local
$null = New-AdxTable Bench -From $objects[0]
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "adxflow-bench-$PID"
$null = New-Item -ItemType Directory $folder

$cases = [ordered]@{
    'Export-Csv to disk'        = {
        $path = Join-Path $folder 'out.csv'
        $objects | Export-Csv $path
        [System.Linq.Enumerable]::Count([System.IO.File]::ReadLines($path)) - 1
    }
    'only read the properties'  = { ($objects | Read-Property $names) / $names.Count }
    'Send-AdxData -WhatIf'      = { $objects | Send-AdxData Bench -WhatIf; $Rows }
    'Send-AdxData, piped'       = { ($script:sent = $objects | Send-AdxData Bench).Rows }
    'Send-AdxData -InputObject' = { ($script:sent = Send-AdxData Bench -InputObject $objects).Rows }
}

$seconds = @{}
foreach ($name in $cases.Keys) { $seconds[$name] = [System.Collections.Generic.List[double]]::new() }
try {
    for ($round = 0; $round -le $Rounds; $round++) {
        $order = @($cases.Keys)
        for ($turn = 0; $turn -lt $order.Count; $turn++) {
            $name = $order[($turn + $round) % $order.Count]
            $script:sent = $null
            [gc]::Collect()
            [gc]::WaitForPendingFinalizers()
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $count = & $cases[$name]
            $watch.Stop()
            if ($count -ne $Rows) { throw "$name handled $count of $Rows rows." }
            if ($script:sent) {
                # The stand-in's own work is not the sender's, and must not run into the next case.
                $done = $script:sent | Wait-AdxIngestion
                if ($done.Status -ne 'Succeeded') { throw "The stand-in did not take the rows: $($done.Status)." }
                $arrived = (Invoke-AdxQuery 'Bench | count').Count
                if ($arrived -ne $Rows) { throw "$arrived of $Rows rows arrived." }
                $null = Invoke-AdxCommand '.clear table Bench data' -Confirm:$false
            }
            if ($round -gt 0) { $seconds[$name].Add($watch.Elapsed.TotalSeconds) }
            Write-Verbose ('{0}, round {1}: {2:n2} s' -f $name, $round, $watch.Elapsed.TotalSeconds)
        }
    }
}
finally {
    Remove-Item -Recurse -Force $folder
    Stop-AdxLocal -Confirm:$false
}

function Get-Median([double[]] $Values) {
    $sorted = $Values | Sort-Object
    $sorted[[math]::Floor($sorted.Count / 2)]
}

$export = Get-Median $seconds['Export-Csv to disk']
$read = Get-Median $seconds['only read the properties']
$targets = @{ 'Send-AdxData, piped' = '1.8 x, 0.90 x'; 'Send-AdxData -InputObject' = '3 x' }
$table = foreach ($name in $cases.Keys) {
    $median = Get-Median $seconds[$name]
    $spread = $seconds[$name] | Measure-Object -Minimum -Maximum
    [pscustomobject]@{
        Case           = $name
        'Rows/s'       = [long] ($Rows / $median)
        'Median s'     = [math]::Round($median, 2)
        'Spread s'     = '{0:n2} - {1:n2}' -f $spread.Minimum, $spread.Maximum
        'x Export-Csv' = [math]::Round($export / $median, 2)
        'x only read'  = [math]::Round($read / $median, 2)
        'To reach'     = $targets[$name]
    }
}
$table | Format-Table -AutoSize | Out-String -Width 120
$runtime = [System.Runtime.InteropServices.RuntimeInformation]::FrameworkDescription
"$Rows objects x $($names.Count) properties, $Rounds rounds; $([System.Environment]::ProcessorCount) processors, PowerShell $($PSVersionTable.PSVersion), $runtime, $($PSVersionTable.OS)."

#requires -Version 7.4
# The main job of AdxFlow, against the embedded stand-in for Azure Data Explorer: connect, make a table, be refused, be granted
# the right to ingest, send a file and live objects, and read back what arrived. With a real cluster only the two Connect-Adx
# lines differ.
param([string] $Module = (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'AdxFlow.psd1'))
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Write-Step([string] $Text) { Write-Host "`n== $Text" }

function Assert-Equal([string] $What, $Expected, $Actual) {
    if ($Actual -ne $Expected) { throw "${What}: expected $Expected, found $Actual." }
}

try {
    $root = Split-Path (Split-Path $PSScriptRoot)
    Import-Module $Module

    Write-Step 'Connect: once as the administrator, once as the application that is to send data'
    $application = 'aadapp=3f6f8b0a-5d0e-4d5b-9a55-2d6c8e1f7b11;7c2d9a44-1b7e-4c0f-8f43-5a1d0e9b6c22'
    $admin = Connect-Adx -Local
    $app = Connect-Adx -Local -Principal $application    # the last one made is the default
    $admin, $app | Format-Table | Out-Host

    Write-Step 'Make a table with the columns of a real file: daily weather in Seattle, 2012 to 2015 (NOAA)'
    $file = Join-Path $root 'samples/data/seattle-weather.csv'
    $day = Import-Csv $file | Select-Object -First 1
    $types = @{ date = 'datetime'; weather = 'string' }
    $columns = $day.psobject.Properties.Name | ForEach-Object { "${_}:$($types[$_] ?? 'real')" }
    New-AdxTable Weather -Column $columns -Connection $admin | Format-Table | Out-Host

    Write-Step 'Sending as the application is refused as yet'
    $refusal = $null
    try { $null = Send-AdxData Weather -Path $file -IgnoreFirstRecord }
    catch { $refusal = $_ }
    if (-not $refusal) { throw 'Sending without the role Ingestor was not refused.' }
    Assert-Equal -What 'The error of the refusal' -Expected 'AdxForbidden' -Actual ($refusal.FullyQualifiedErrorId -split ',')[0]
    Write-Host "$($refusal.Exception.Message)`n-> $($refusal.ErrorDetails.RecommendedAction)"

    Write-Step 'So the administrator grants it'
    Grant-AdxIngestor -Table Weather -Principal $application -Note 'Quickstart' -Connection $admin | Format-Table | Out-Host

    Write-Step 'Send the file, and the processes of this machine as live objects'
    $weather = Send-AdxData Weather -Path $file -IgnoreFirstRecord -Wait
    $processes = Get-Process | Send-AdxData -Table Processes -CreateTable -Wait -WarningAction SilentlyContinue
    $weather, $processes | Format-Table | Out-Host
    foreach ($ingestion in $weather, $processes) { Assert-Equal -What "The status of $($ingestion.Table)" -Expected 'Succeeded' -Actual $ingestion.Status }

    Write-Step 'Read back what arrived'
    Assert-Equal -What 'Rows in Weather' -Expected 1461 -Actual (Invoke-AdxQuery 'Weather | count').Count
    Assert-Equal -What 'Rows in Processes' -Expected $processes.Rows -Actual (Invoke-AdxQuery 'Processes | count').Count
    Write-Host "Weather: $($weather.Rows) rows, Processes: $($processes.Rows) rows, both as sent."
    $summary = Invoke-AdxQuery @'
Weather
| summarize days = count(), rain_mm = round(sum(precipitation), 1), warmest = max(temp_max), coldest = min(temp_min) by weather
| sort by days desc
'@
    $summary | Format-Table | Out-Host
    Assert-Equal -What 'Days in the summary' -Expected 1461 -Actual ($summary | Measure-Object days -Sum).Sum
}
catch {
    Write-Host "`nQuickstart: failed: $_"
    if ($_.ErrorDetails) { Write-Host $_.ErrorDetails.RecommendedAction }
    Write-Host $_.ScriptStackTrace
    exit 1
}
finally {
    Stop-AdxLocal -Confirm:$false -ErrorAction Ignore
}

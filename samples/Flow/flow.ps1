#requires -Version 7.4
# From a table of Azure Data Explorer to Adobe Experience Platform, against the embedded stand-in for both: fill a table, make a
# connection, let its principal read, explore, make a dataset and a mapping, and a flow that runs. With the services themselves
# only the two Connect lines and the credential differ.
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

    Write-Step 'A table with real data: daily weather in Seattle, 2012 to 2015 (NOAA)'
    $admin = Connect-Adx -Local
    $columns = 'date:datetime', 'precipitation:real', 'temp_max:real', 'temp_min:real', 'wind:real', 'weather:string'
    $null = New-AdxTable Weather -Column $columns
    Send-AdxData Weather -Path (Join-Path $root 'samples/data/seattle-weather.csv') -IgnoreFirstRecord -Wait | Format-Table | Out-Host

    Write-Step 'Sign in to Experience Platform'
    Connect-Flow -Local | Format-Table | Out-Host

    Write-Step 'A connection to the database; it does not work as yet, for its principal may not read there'
    $tenant = '7c2d9a44-1b7e-4c0f-8f43-5a1d0e9b6c22'
    $key = [System.Net.NetworkCredential]::new('', 'any key').SecurePassword    # the stand-in takes any
    $principal = [pscredential]::new('3f6f8b0a-5d0e-4d5b-9a55-2d6c8e1f7b11', $key)
    $connection = New-FlowConnection 'Weather in Azure Data Explorer' -AdxConnection $admin -Credential $principal -TenantId $tenant
    Assert-Equal -What 'The test without the role' -Expected $false -Actual ($connection | Test-FlowConnection)

    Write-Step 'So it gets the role Viewer (New-FlowConnection -GrantViewer does it in one call)'
    Grant-AdxRole -Role Viewer -Principal "aadapp=$($principal.UserName);$tenant" | Format-Table | Out-Host
    Assert-Equal -What 'The test with the role' -Expected $true -Actual ($connection | Test-FlowConnection)

    Write-Step 'Look through the connection: the table, its columns, its first rows'
    $table = $connection | Get-FlowTable -Table Weather
    $table.Columns | Format-Table | Out-Host
    $connection | Get-FlowTable -Table Weather -Preview | Select-Object -First 3 | Format-Table | Out-Host

    Write-Step 'A dataset with a field for each column, and the mapping between the two'
    $dataset = New-FlowDataset Weather -Column $columns
    $mapping = New-FlowMapping Weather -DatasetId $dataset.DatasetId -Column $table.Columns.Name
    $dataset, $mapping | ForEach-Object { $_ | Format-Table | Out-Host }
    Assert-Equal -What 'The test of the mapping' -Expected $true -Actual ($mapping | Test-FlowMapping).IsValid

    Write-Step 'A flow of the table and the dataset, that runs once'
    $flow = New-Flow Weather -ConnectionId $connection.ConnectionId -Table Weather -DatasetId $dataset.DatasetId -MappingId $mapping.MappingId `
        -Frequency Once -StartTime ([datetimeoffset]::UtcNow.AddSeconds(2)) -AdxConnection $admin
    $flow | Format-Table | Out-Host
    $run = $flow | Wait-FlowRun
    $run | Format-Table | Out-Host
    Assert-Equal -What 'The state of the run' -Expected 'Success' -Actual $run.State
    Assert-Equal -What 'Records in the dataset' -Expected 1461 -Actual $run.OutputRecords

    Write-Step 'Run it again on demand, for the year 2015 alone'
    $run = $flow | Start-FlowRun -WindowStart 2015-01-01Z -WindowEnd 2016-01-01Z -DeltaColumn date | Wait-FlowRun
    $run | Format-Table | Out-Host
    Assert-Equal -What 'Records of 2015' -Expected 365 -Actual $run.OutputRecords
    Assert-Equal -What 'Runs of the flow' -Expected 2 -Actual @($flow | Get-FlowRun).Count
}
catch {
    Write-Host "`nFlow: failed: $_"
    if ($_.ErrorDetails) { Write-Host $_.ErrorDetails.RecommendedAction }
    Write-Host $_.ScriptStackTrace
    exit 1
}
finally {
    Stop-AdxLocal -Confirm:$false -ErrorAction Ignore
}

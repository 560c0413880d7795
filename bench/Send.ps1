# Objects into Send-AdxData, against Export-Csv of the same objects. Called by run.ps1.
param([int] $Rows = 1000000, [int] $Rounds = 5)

. $PSScriptRoot/Measure.ps1
Import-Module (Join-Path (Split-Path $PSScriptRoot) 'AdxFlow.psd1')
Import-Module (Join-Path $PSScriptRoot 'AdxFlow.Bench/bin/Release/net8.0/AdxFlow.Bench.dll')

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

# The stand-in's own work is not the sender's, and must not run into the next case.
$verify = {
    if ($script:sent) {
        $done = $script:sent | Wait-AdxIngestion
        if ($done.Status -ne 'Succeeded') { throw "The stand-in did not take the rows: $($done.Status)." }
        $arrived = (Invoke-AdxQuery 'Bench | count').Count
        if ($arrived -ne $Rows) { throw "$arrived of $Rows rows arrived." }
        $null = Invoke-AdxCommand '.clear table Bench data' -Confirm:$false
        $script:sent = $null
    }
}

try {
    $script:sent = $null
    $seconds = Measure-Case $cases $Rows $Rounds $verify
}
finally {
    Remove-Item -Recurse -Force $folder
    Stop-AdxLocal -Confirm:$false
}

Format-Case $seconds $Rows ([ordered]@{ 'x Export-Csv' = 'Export-Csv to disk'; 'x only read' = 'only read the properties' }) @{
    'Send-AdxData, piped'       = '1.8 x, 0.90 x'
    'Send-AdxData -InputObject' = '3 x'
}
"$Rows objects x $($names.Count) properties, $Rounds rounds; $(Get-Machine)"

# Invoke-AdxQuery, against Import-Csv of the same rows, and the memory it takes. Called by run.ps1.
param([int] $Rows = 1000000, [int] $Rounds = 5)

. $PSScriptRoot/Measure.ps1
$manifest = Join-Path (Split-Path $PSScriptRoot) 'AdxFlow.psd1'
Import-Module $manifest
Import-Module (Join-Path $PSScriptRoot 'AdxFlow.Bench/bin/Release/net8.0/AdxFlow.Bench.dll')
# The canned answer sends whole fragments of 10,000 rows.
$Rows -= $Rows % 10000

# Two servers: the stand-in, which computes its answer in this process and so takes a part of its processors, and one that
# only sends bytes made before. What the client itself can do shows against the second.
$server = [AdxFlow.Bench.CannedAnswer]::new()
$canned = Connect-Adx -Local $server.ClusterUri
$local = Connect-Adx -Local
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "adxflow-bench-$PID"
$null = New-Item -ItemType Directory $folder
$csv = Join-Path $folder 'rows.csv'
$all = @{ notruncation = $true }
$http = [System.Net.Http.HttpClient]::new()

# Reads the bytes of an answer and does nothing with them.
function Read-Answer([uri] $Cluster, [string] $Query) {
    $body = @{ db = 'NetDefaultDB'; csl = $Query; properties = @{ Options = @{ notruncation = $true; results_v2_fragment_primary_tables = $true } } } | ConvertTo-Json -Depth 4 -Compress
    $request = [System.Net.Http.HttpRequestMessage]::new('Post', [uri]::new($Cluster, 'v2/rest/query'))
    $request.Content = [System.Net.Http.StringContent]::new($body, [System.Text.Encoding]::UTF8, 'application/json')
    $answer = $http.Send($request, [System.Net.Http.HttpCompletionOption]::ResponseHeadersRead)
    $null = $answer.Content.CopyToAsync([System.IO.Stream]::Null).GetAwaiter().GetResult()
    $answer.Dispose()
}

try {
    Write-Host "Writing $Rows rows with 6 columns ..."
    Invoke-AdxQuery "$Rows" -Connection $canned | Export-Csv $csv
    $null = New-AdxTable Bench 'Id:long', 'Time:datetime', 'Computer:string', 'Value:real', 'Ok:bool', 'Message:string' -Connection $local
    $null = Send-AdxData Bench -Path $csv -IgnoreFirstRecord -Connection $local -Wait
    if ((Invoke-AdxQuery 'Bench | count' -Connection $local).Count -ne $Rows) { throw 'The stand-in did not take the rows.' }

    # Two sinks: a cmdlet, which costs the pipeline the binding of a parameter for each row, and nothing at all.
    $cases = [ordered]@{
        'Import-Csv'                       = { Import-Csv $csv | Measure-Row }
        'Import-Csv, no sink'              = { Import-Csv $csv > $null; $Rows }
        'bytes of the canned answer'       = { Read-Answer $server.ClusterUri "$Rows"; $Rows }
        'bytes of the stand-in'            = { Read-Answer $local.Cluster 'Bench'; $Rows }
        'Invoke-AdxQuery, canned'          = { Invoke-AdxQuery "$Rows" -Connection $canned | Measure-Row }
        'Invoke-AdxQuery, canned, no sink' = { Invoke-AdxQuery "$Rows" -Connection $canned > $null; $Rows }
        'Invoke-AdxQuery, stand-in'        = { Invoke-AdxQuery Bench -Connection $local -Option $all | Measure-Row }
        '-As Json, canned'                 = { Invoke-AdxQuery "$Rows" -Connection $canned -As Json | Measure-Row }
        '-As DataTable, canned'            = { (Invoke-AdxQuery "$Rows" -Connection $canned -As DataTable).Rows.Count }
    }
    $seconds = Measure-Case $cases $Rows $Rounds
    Format-Case $seconds $Rows ([ordered]@{ 'x Import-Csv' = 'Import-Csv'; 'x, no sink' = 'Import-Csv, no sink' }) @{ 'Invoke-AdxQuery, canned' = '3 x'; 'Invoke-AdxQuery, stand-in' = '3 x' }

    # In a process of its own that does nothing else: how much more memory it ever held than after its first query.
    $script = {
        param($Manifest, $Cluster, [long] $Rows)
        Import-Module $Manifest
        $connection = Connect-Adx -Local $Cluster
        Invoke-AdxQuery '10000' -Connection $connection | Out-Null
        $process = [System.Diagnostics.Process]::GetCurrentProcess()
        $before = $process.WorkingSet64
        Invoke-AdxQuery "$Rows" -Connection $connection | Out-Null
        $process.Refresh()
        [math]::Round(($process.PeakWorkingSet64 - $before) / 1MB)
    }
    foreach ($count in $Rows, (5 * $Rows)) {
        $growth = & pwsh -NoProfile -NonInteractive -Command $script -args $manifest, $server.ClusterUri, $count
        "Memory beyond the first query, $count rows: $growth MB"
    }
}
finally {
    $http.Dispose()
    $server.Dispose()
    Remove-Item -Recurse -Force $folder
    Stop-AdxLocal -Confirm:$false
}

"$Rows rows x 6 columns, $Rounds rounds; $(Get-Machine)"

# Files into Send-AdxData, against the runtime's bare GZipStream on the same bytes. Called by run.ps1.
param([int] $Rows = 1000000, [int] $Rounds = 5)

. $PSScriptRoot/Measure.ps1
Import-Module (Join-Path (Split-Path $PSScriptRoot) 'AdxFlow.psd1')
Import-Module (Join-Path $PSScriptRoot 'AdxFlow.Bench/bin/Release/net8.0/AdxFlow.Bench.dll')

$server = [AdxFlow.Bench.SinkCluster]::new()
$null = Connect-Adx -Local $server.ClusterUri
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "adxflow-bench-$PID"
$small = Join-Path $folder 'small'
$null = New-Item -ItemType Directory $small
$large = Join-Path $folder 'large.csv'
$smallFiles = 10000

try {
    # Ten times the rows: about 700 MB for a million.
    $total = 10L * $Rows
    Write-Host "Writing $total rows to one file, and as many to $smallFiles ..."
    [AdxFlow.Bench.BenchFiles]::Write($large, $total)
    [AdxFlow.Bench.BenchFiles]::WriteMany($small, $smallFiles, [int] ($total / $smallFiles))
    $megabytes = [math]::Floor((Get-Item $large).Length / 1e6)

    $cases = [ordered]@{
        'GZipStream, Fastest, one thread'       = { [AdxFlow.Bench.BenchFiles]::Compress($large, 'Fastest'); $megabytes }
        'GZipStream, Optimal, one thread'       = { [AdxFlow.Bench.BenchFiles]::Compress($large, 'Optimal'); $megabytes }
        'GZipStream, Fastest, all processors'   = { [AdxFlow.Bench.BenchFiles]::CompressOnAll($large, 'Fastest'); $megabytes }
        'GZipStream, Optimal, all processors'   = { [AdxFlow.Bench.BenchFiles]::CompressOnAll($large, 'Optimal'); $megabytes }
        'Send-AdxData -Path, one file'          = { $null = Assert-Row (Send-AdxData Bench -Path $large -Mode Queued); $megabytes }
        'Send-AdxData -Path, one file, Optimal' = { $null = Assert-Row (Send-AdxData Bench -Path $large -Mode Queued -CompressionLevel Optimal); $megabytes }
        "Send-AdxData -Path, $smallFiles files" = { $null = Assert-Row (Send-AdxData Bench -Path $small -Mode Queued); $megabytes }
    }
    function Assert-Row($Sent) { if ($Sent.Rows -ne $total) { throw "$($Sent.Rows) of $total rows were sent." } }
    $seconds = Measure-Case $cases $megabytes $Rounds
}
finally {
    Remove-Item -Recurse -Force $folder
    $server.Dispose()
}

Format-Case $seconds $megabytes ([ordered]@{ 'x Fastest' = 'GZipStream, Fastest, all processors'; 'x Optimal' = 'GZipStream, Optimal, all processors' }) @{
    'Send-AdxData -Path, one file'          = '0.85 x Fastest'
    'Send-AdxData -Path, one file, Optimal' = '0.85 x Optimal'
} 'MB/s'
"$megabytes MB of CSV, $Rounds rounds, to a cluster that drops them; $(Get-Machine)"

# The memory of Send-AdxData over that of an idle process, for rows and for files, with little heap allowed. Called by run.ps1.
param([int] $Rows = 1000000, [int] $Rounds = 5)

. $PSScriptRoot/Measure.ps1
Import-Module (Join-Path $PSScriptRoot 'AdxFlow.Bench/bin/Release/net8.0/AdxFlow.Bench.dll')

# The cluster is in this process, the sender in one of its own, which does nothing else. It has sent a little before the
# first look, so that what is compiled and loaded once is not counted.
$send = {
    param($Root, $Cluster, [long] $Rows, [string] $Path, [string] $Case)
    Import-Module (Join-Path $Root 'AdxFlow.psd1')
    Import-Module (Join-Path $Root 'bench/AdxFlow.Bench/bin/Release/net8.0/AdxFlow.Bench.dll')
    $null = Connect-Adx -Local $Cluster
    $process = [System.Diagnostics.Process]::GetCurrentProcess()
    [gc]::Collect()
    $idle = $process.WorkingSet64
    $sent = switch ($Case) {
        'objects | Send-AdxData' { New-BenchRow $Rows | Send-AdxData Bench -Mode Queued }
        'Import-Csv | Send-AdxData' { Import-Csv $Path -Header Id, Time, Computer, Value, Ok, Message | Send-AdxData Bench -Mode Queued }
        'Send-AdxData -Path' { Send-AdxData Bench -Path $Path -Mode Queued }
    }
    $process.Refresh()
    if ($sent.Rows -ne $Rows) { throw "$($sent.Rows) of $Rows rows were sent." }
    '{0} {1}' -f $idle, $process.PeakWorkingSet64
}

$server = [AdxFlow.Bench.SinkCluster]::new()
$file = Join-Path ([System.IO.Path]::GetTempPath()) "adxflow-bench-$PID.csv"
try {
    $table = foreach ($count in @($Rows, (10 * $Rows))) {
        [AdxFlow.Bench.BenchFiles]::Write($file, $count)
        foreach ($case in 'objects | Send-AdxData', 'Import-Csv | Send-AdxData', 'Send-AdxData -Path') {
            # The worst of the rounds counts.
            $looks = foreach ($round in 1..$Rounds) {
                $env:DOTNET_GCHeapHardLimit = '0x12C00000'
                $answer = & pwsh -NoProfile -NonInteractive -Command $send -args (Split-Path $PSScriptRoot), $server.ClusterUri, $count, $file, $case
                $env:DOTNET_GCHeapHardLimit = $null
                if ($LASTEXITCODE -ne 0 -or -not $answer) { throw "The sender failed in round $round." }
                $idle, $peak = [long[]] ($answer -split ' ')
                [pscustomobject] @{ Idle = $idle; Peak = $peak; More = $peak - $idle }
            }
            $worst = $looks | Sort-Object More | Select-Object -Last 1
            [pscustomobject] [ordered]@{
                'Case'       = $case
                'Rows'       = $count
                'Idle MB'    = [long] ($worst.Idle / 1e6)
                'Peak MB'    = [long] ($worst.Peak / 1e6)
                'More by MB' = [long] ($worst.More / 1e6)
                'To reach'   = 'at most 150'
            }
        }
    }
    $table | Format-Table -AutoSize | Out-String -Width 120
    "$Rounds rounds, heap limited to 300 MiB, to a cluster that drops the rows; $(Get-Machine)"
}
finally {
    Remove-Item -Force $file -ErrorAction Ignore
    $server.Dispose()
}

# A file into Send-AdxData, against Microsoft's Node SDK (azure-kusto-ingest) sending the same file to the same stand-in. The time
# ends for both when the file is queued. Both compress it, each as it does by default. Called by run.ps1; skipped without Node.
param([int] $Rows = 1000000, [int] $Rounds = 5)

. $PSScriptRoot/Measure.ps1
$clients = Join-Path (Split-Path $PSScriptRoot) 'tests/clients'
if (-not (Get-Command node, npm -ErrorAction Ignore | Select-Object -Skip 1)) {
    'Skipped: the SDK needs Node and npm, which are not on PATH.'
    return
}
if (-not (Test-Path (Join-Path $clients 'node_modules/azure-kusto-ingest'))) {
    $installed = & npm ci --prefix $clients --no-audit --no-fund 2>&1
    if ($LASTEXITCODE -ne 0) {
        "Skipped: npm cannot install the SDK. $installed"
        return
    }
}
Import-Module (Join-Path (Split-Path $PSScriptRoot) 'AdxFlow.psd1')

Import-Module (Join-Path $PSScriptRoot 'AdxFlow.Bench/bin/Release/net8.0/AdxFlow.Bench.dll')

$folder = Join-Path ([System.IO.Path]::GetTempPath()) "adxflow-bench-$PID"
$null = New-Item -ItemType Directory $folder
$path = Join-Path $folder 'rows.csv'
# Twice the rows: about 140 MB for a million.
$total = 2L * $Rows
Write-Host "Writing $total rows to a file ..."
[AdxFlow.Bench.BenchFiles]::Write($path, $total)
$megabytes = [math]::Floor((Get-Item $path).Length / 1e6)

$connection = Connect-Adx -Local
$null = New-AdxTable Bench -Column 'Id:long', 'Time:datetime', 'Computer:string', 'Value:real', 'Ok:bool', 'Message:string'

$request = [ordered]@{
    do         = 'ingest'
    how        = 'queued'
    cluster    = $connection.Cluster.AbsoluteUri.TrimEnd('/')
    file       = $path
    properties = [ordered]@{ database = $connection.Database; table = 'Bench'; format = 'csv' }
} | ConvertTo-Json -Compress

$start = [System.Diagnostics.ProcessStartInfo]::new('node', 'kusto-sdk.mjs')
$start.WorkingDirectory = $clients
$start.RedirectStandardInput = $start.RedirectStandardOutput = $true
$node = [System.Diagnostics.Process]::Start($start)
$sent = [ordered]@{}
$cases = [ordered]@{
    'Microsoft''s Node SDK'                        = {
        Measure-Processor 'Microsoft''s Node SDK' {
            $node.StandardInput.WriteLine($request)
            $answer = $node.StandardOutput.ReadLine() | ConvertFrom-Json
            if (-not $answer.psobject.Properties['result']) { throw "The SDK failed: $($answer.error)" }
        }
    }
    'Send-AdxData -Path'                           = { Measure-Processor 'Send-AdxData -Path' { $sent['Fastest'] = Send-AdxData Bench -Path $path } }
    'Send-AdxData -Path -CompressionLevel Optimal' = { Measure-Processor 'Send-AdxData -Path -CompressionLevel Optimal' { $sent['Optimal'] = Send-AdxData Bench -Path $path -CompressionLevel Optimal } }
}

# Others on the machine distort the time, and the processor time less. The receiver's, which is in this process, is in all cases.
$processor = @{}
function Get-Processor { $node.Refresh(); ($node.TotalProcessorTime + [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime).TotalSeconds }
function Measure-Processor([string] $Name, [scriptblock] $Send) {
    $before = Get-Processor
    $null = & $Send
    $processor[$Name] = @($processor[$Name]) + ((Get-Processor) - $before)
    $megabytes
}

# The stand-in ingests when the clock has stopped. The SDK does not follow its files, so that the rows are counted.
$verify = {
    $waited = [System.Diagnostics.Stopwatch]::StartNew()
    while (($arrived = (Invoke-AdxQuery 'Bench | count').Count) -ne $total) {
        if ($waited.Elapsed.TotalMinutes -gt 10) { throw "$arrived of $total rows arrived." }
    }
    $null = Invoke-AdxCommand '.clear table Bench data' -Confirm:$false
}

try {
    $seconds = Measure-Case $cases $megabytes $Rounds $verify
}
finally {
    $node.StandardInput.Close()
    $node.WaitForExit()
    Remove-Item -Recurse -Force $folder
    Stop-AdxLocal -Confirm:$false
}

Format-Case $seconds $megabytes ([ordered]@{ 'x Node SDK' = 'Microsoft''s Node SDK' }) @{ 'Send-AdxData -Path' = '5 x' } 'MB/s'
foreach ($name in $seconds.Keys) { '{0}: {1:n1} s of processor time.' -f $name, (Get-Median @($processor[$name] | Select-Object -Last $Rounds)) }
foreach ($level in $sent.Keys) { '{0}: {1:n0} MB become {2:n0} MB.' -f $level, $megabytes, (($sent[$level].Batches | Measure-Object SentBytes -Sum).Sum / 1e6) }
"$total rows, $megabytes MB of CSV, $Rounds rounds; $(Get-Machine)"

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

$folder = Join-Path ([System.IO.Path]::GetTempPath()) "adxflow-bench-$PID"
$null = New-Item -ItemType Directory $folder
$path = Join-Path $folder 'rows.csv'
Write-Host "Writing $Rows rows with 6 columns ..."
$begin = [datetime]::new(2026, 1, 1, 0, 0, 0, [System.DateTimeKind]::Utc)
$random = [System.Random]::new(1)
$writer = [System.IO.StreamWriter]::new($path)
for ($i = 0; $i -lt $Rows; $i++) {
    $writer.Write("$i,$($begin.AddSeconds($i).ToString('o')),host-$($i % 500),$($random.NextDouble()),$($i % 3 -ne 0),event $i of the run ended with result $($random.Next())`n")
}
$writer.Dispose()
$megabytes = (Get-Item $path).Length / 1MB

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
        $node.StandardInput.WriteLine($request)
        $answer = $node.StandardOutput.ReadLine() | ConvertFrom-Json
        if (-not $answer.psobject.Properties['result']) { throw "The SDK failed: $($answer.error)" }
        $Rows
    }
    'Send-AdxData -Path'                           = { ($sent['Fastest'] = Send-AdxData Bench -Path $path).Rows }
    'Send-AdxData -Path -CompressionLevel Optimal' = { ($sent['Optimal'] = Send-AdxData Bench -Path $path -CompressionLevel Optimal).Rows }
}

# The stand-in ingests when the clock has stopped. The SDK does not follow its files, so that the rows are counted.
$verify = {
    $waited = [System.Diagnostics.Stopwatch]::StartNew()
    while (($arrived = (Invoke-AdxQuery 'Bench | count').Count) -ne $Rows) {
        if ($waited.Elapsed.TotalMinutes -gt 10) { throw "$arrived of $Rows rows arrived." }
    }
    $null = Invoke-AdxCommand '.clear table Bench data' -Confirm:$false
}

try {
    $seconds = Measure-Case $cases $Rows $Rounds $verify
}
finally {
    $node.StandardInput.Close()
    $node.WaitForExit()
    Remove-Item -Recurse -Force $folder
    Stop-AdxLocal -Confirm:$false
}

Format-Case $seconds $Rows ([ordered]@{ 'x Node SDK' = 'Microsoft''s Node SDK' }) @{ 'Send-AdxData -Path' = '5 x' }
foreach ($name in $seconds.Keys) { '{0}: {1:n0} MB/s' -f $name, ($megabytes / (Get-Median $seconds[$name])) }
foreach ($level in $sent.Keys) { '{0}: {1:n0} MB become {2:n0} MB.' -f $level, $megabytes, (($sent[$level].Batches | Measure-Object SentBytes -Sum).Sum / 1MB) }
"$Rows rows x 6 columns, $Rounds rounds; $(Get-Machine)"

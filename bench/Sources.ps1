# .NET objects and data readers into Send-AdxData, against Export-Csv of the same. Called by run.ps1.
param([int] $Rows = 1000000, [int] $Rounds = 5)

. $PSScriptRoot/Measure.ps1
Import-Module (Join-Path (Split-Path $PSScriptRoot) 'AdxFlow.psd1')
Import-Module (Join-Path $PSScriptRoot 'AdxFlow.Bench/bin/Release/net8.0/AdxFlow.Bench.dll')

Write-Host "Making $Rows .NET objects and a table of as many rows ..."
$typed = [object[]]::new($Rows)
$table = [System.Data.DataTable]::new()
foreach ($property in [AdxFlow.Bench.BenchRow].GetProperties()) { $null = $table.Columns.Add($property.Name, $property.PropertyType) }
for ($i = 0; $i -lt $Rows; $i++) {
    $row = [AdxFlow.Bench.BenchRow]::Of($i)
    $typed[$i] = $row
    $null = $table.Rows.Add($row.Id, $row.Time, $row.Computer, $row.Value, $row.Ok, $row.Message)
}

$server = [AdxFlow.Bench.SinkCluster]::new()
$null = Connect-Adx -Local $server.ClusterUri
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "adxflow-bench-$PID"
$null = New-Item -ItemType Directory $folder
$path = Join-Path $folder 'out.csv'

$cases = [ordered]@{
    'Export-Csv of .NET objects'              = { $typed | Export-Csv $path; [System.Linq.Enumerable]::Count([System.IO.File]::ReadLines($path)) - 1 }
    'Export-Csv of a data table'              = { $table | Export-Csv $path; [System.Linq.Enumerable]::Count([System.IO.File]::ReadLines($path)) - 1 }
    'Send-AdxData, .NET objects piped'        = { ($typed | Send-AdxData Bench -Mode Queued).Rows }
    'Send-AdxData, .NET objects -InputObject' = { (Send-AdxData Bench -InputObject $typed -Mode Queued).Rows }
    'Send-AdxData -DataReader'                = { (Send-AdxData Bench -DataReader $table.CreateDataReader() -Mode Queued).Rows }
}

try {
    $seconds = Measure-Case $cases $Rows $Rounds
}
finally {
    Remove-Item -Recurse -Force $folder
    $server.Dispose()
}

Format-Case $seconds $Rows ([ordered]@{ 'x Export-Csv' = 'Export-Csv of .NET objects'; 'x of a table' = 'Export-Csv of a data table' }) @{
    'Send-AdxData, .NET objects piped'        = '4 x'
    'Send-AdxData, .NET objects -InputObject' = '4 x'
    'Send-AdxData -DataReader'                = '4 x of a table'
}
"$Rows rows with 6 columns, $Rounds rounds, to a cluster that drops them; $(Get-Machine)"

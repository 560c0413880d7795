# Runs one Pester file in this process and writes what came of each test as JSON.
param([string] $Suite, [string] $ResultPath)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.0
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Suite
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$configuration.Output.RenderMode = 'Plaintext'
$run = Invoke-Pester -Configuration $configuration

function Format-ErrorRecord($ErrorRecord) {
    ($ErrorRecord | ForEach-Object { "$($_.DisplayErrorMessage ?? $_)`n$($_.DisplayStackTrace ?? $_.ScriptStackTrace)" }) -join "`n"
}

$results = @(
    foreach ($test in $run.Tests) {
        @{
            Name    = $test.ExpandedPath
            Outcome = "$($test.Result)"
            Detail  = $test.Result -eq 'Skipped' ? "$($test.ErrorRecord)" : (Format-ErrorRecord $test.ErrorRecord)
        }
    }
    # What fails outside a test (discovery, BeforeAll, AfterAll) must not go unseen.
    foreach ($failed in @($run.FailedContainers) + @($run.FailedBlocks)) {
        @{
            Name    = $failed.ExpandedPath ?? 'outside a block'
            Outcome = 'Failed'
            Detail  = Format-ErrorRecord $failed.ErrorRecord
        }
    }
)
ConvertTo-Json $results -Depth 3 | Set-Content -LiteralPath $ResultPath

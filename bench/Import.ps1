# What importing the module costs, in a new process each time. Called by run.ps1.
param([int] $Rows, [int] $Rounds = 5)

. $PSScriptRoot/Measure.ps1
$null = $Rows
$manifest = Join-Path (Split-Path $PSScriptRoot) 'AdxFlow.psd1'
$script = {
    param($Manifest)
    $process = [System.Diagnostics.Process]::GetCurrentProcess()
    $before = $process.WorkingSet64
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    Import-Module $Manifest
    $watch.Stop()
    $process.Refresh()
    '{0} {1}' -f [math]::Round($watch.Elapsed.TotalMilliseconds), [math]::Round(($process.WorkingSet64 - $before) / 1MB)
}
$measured = foreach ($round in 0..$Rounds) {
    $time, $memory = -split (& pwsh -NoProfile -NonInteractive -Command $script -args $manifest)
    if ($round -gt 0) { [pscustomobject]@{ Time = [double] $time; Memory = [double] $memory } }
}
"Import-Module: $(Get-Median $measured.Time) ms (to reach: 150), $(Get-Median $measured.Memory) MB more (to reach: 60); median of $Rounds processes; $(Get-Machine)"

# Dot-sourced by the benchmarks: cases that take turns, and a table of their medians.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Runs each case in each round, in another order every time, with a garbage collection before it; the first round warms up.
# A case writes how many rows it handled. Verify gets the name of the case when its clock has stopped. Gives seconds by case.
function Measure-Case([System.Collections.Specialized.OrderedDictionary] $Case, [long] $Rows, [int] $Rounds, [scriptblock] $Verify = {}) {
    $seconds = [ordered]@{}
    foreach ($name in $Case.Keys) { $seconds[$name] = [System.Collections.Generic.List[double]]::new() }
    for ($round = 0; $round -le $Rounds; $round++) {
        $order = @($Case.Keys)
        for ($turn = 0; $turn -lt $order.Count; $turn++) {
            $name = $order[($turn + $round) % $order.Count]
            [gc]::Collect()
            [gc]::WaitForPendingFinalizers()
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $count = & $Case[$name]
            $watch.Stop()
            if ($count -ne $Rows) { throw "$name handled $count of $Rows rows." }
            & $Verify $name
            if ($round -gt 0) { $seconds[$name].Add($watch.Elapsed.TotalSeconds) }
            Write-Verbose ('{0}, round {1}: {2:n2} s' -f $name, $round, $watch.Elapsed.TotalSeconds)
        }
    }
    $seconds
}

function Get-Median([double[]] $Values) {
    $sorted = @($Values | Sort-Object)
    $sorted[[math]::Floor($sorted.Count / 2)]
}

# The table: Baseline maps the heading of a ratio to the case that it is a ratio to.
function Format-Case([System.Collections.Specialized.OrderedDictionary] $Seconds, [long] $Rows, [System.Collections.Specialized.OrderedDictionary] $Baseline, [hashtable] $Target = @{}, [string] $Rate = 'Rows/s') {
    $table = foreach ($name in $Seconds.Keys) {
        $median = Get-Median $Seconds[$name]
        $spread = $Seconds[$name] | Measure-Object -Minimum -Maximum
        $line = [ordered]@{
            'Case'     = $name
            $Rate      = [long] ($Rows / $median)
            'Median s' = [math]::Round($median, 2)
            'Spread s' = '{0:n2} - {1:n2}' -f $spread.Minimum, $spread.Maximum
        }
        foreach ($heading in $Baseline.Keys) { $line[$heading] = [math]::Round((Get-Median $Seconds[$Baseline[$heading]]) / $median, 2) }
        $line['To reach'] = $Target[$name]
        [pscustomobject] $line
    }
    $table | Format-Table -AutoSize | Out-String -Width 120
}

# What everything below was measured on.
function Get-Machine {
    $runtime = [System.Runtime.InteropServices.RuntimeInformation]::FrameworkDescription
    "$([System.Environment]::ProcessorCount) processors, PowerShell $($PSVersionTable.PSVersion), $runtime, $($PSVersionTable.OS)."
}

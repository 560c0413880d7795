# Dot-sourced by the suites, after the module is imported: what the embedded stand-in saw, and how to make it fail. The
# cmdlets do not show it, so it is reached through the module's load context.

function Get-LocalType([string] $Assembly, [string] $Name) {
    $context = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ 'AdxFlow'
    $context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new($Assembly)).GetType($Name, $true)
}

# The stand-in that runs in this process.
function Get-LocalCluster {
    (Get-LocalType 'AdxFlow.PowerShell' 'AdxFlow.PowerShell.Local.LocalProcess').GetProperty('Running').GetValue($null)
}

# A further stand-in, with options that no cmdlet offers; dispose it.
function Open-LocalCluster([timespan] $IngestionDelay, [string] $Path) {
    $options = [System.Activator]::CreateInstance((Get-LocalType 'AdxFlow.Local' 'AdxFlow.Local.LocalClusterOptions'))
    $options.GetType().GetProperty('IngestionDelay').SetValue($options, $IngestionDelay)
    if ($Path) {
        $options.GetType().GetProperty('Path').SetValue($options, $Path)
    }
    (Get-LocalType 'AdxFlow.Local' 'AdxFlow.Local.LocalCluster')::Start($options)
}

# Runs a script and returns the requests that came meanwhile.
function Get-LocalRequest([scriptblock] $Script, $Cluster = (Get-LocalCluster)) {
    $before = $Cluster.RequestCount
    & $Script | Out-Null
    $Cluster.Requests | Select-Object -Last ($Cluster.RequestCount - $before)
}

# Makes coming requests fail; Target is one or several of LocalFaultTarget's names, with commas.
function Add-LocalFault([string] $Target, [int] $Count = 1, [int] $StatusCode = 503, [timespan] $RetryAfter, [switch] $Abort, [switch] $AfterAction, [string] $PathPrefix, $Cluster = (Get-LocalCluster)) {
    $type = Get-LocalType 'AdxFlow.Local' 'AdxFlow.Local.LocalFault'
    $fault = [System.Activator]::CreateInstance($type)
    $type.GetProperty('Target').SetValue($fault, [System.Enum]::Parse((Get-LocalType 'AdxFlow.Local' 'AdxFlow.Local.LocalFaultTarget'), $Target))
    $type.GetProperty('Count').SetValue($fault, $Count)
    $type.GetProperty('StatusCode').SetValue($fault, $StatusCode)
    $type.GetProperty('Abort').SetValue($fault, [bool] $Abort)
    $type.GetProperty('AfterAction').SetValue($fault, [bool] $AfterAction)
    if ($PathPrefix) {
        $type.GetProperty('PathPrefix').SetValue($fault, $PathPrefix)
    }
    if ($PSBoundParameters.ContainsKey('RetryAfter')) {
        $type.GetProperty('RetryAfter').SetValue($fault, $RetryAfter)
    }
    $null = $Cluster.AddFault($fault)
}

# The blobs that lie in the stand-in's containers: what was uploaded and neither ingested nor deleted.
function Get-LocalBlob($Cluster = (Get-LocalCluster)) {
    $private = [System.Reflection.BindingFlags] 'Instance, NonPublic, Public'
    $services = $Cluster.GetType().GetField('_services', $private).GetValue($Cluster)
    $storage = $services.GetType().GetProperty('Storage', $private).GetValue($services)
    foreach ($account in $storage.GetType().GetProperty('All', $private).GetValue($storage)) {
        foreach ($container in $account.GetType().GetProperty('Containers', $private).GetValue($account)) {
            $container.GetType().GetField('_blobs', $private).GetValue($container).Keys
        }
    }
}

# Runs a script that ends with an error and returns that error's record; nothing if it does not end so.
function Get-Failure([scriptblock] $Script) {
    try {
        & $Script | Out-Null
    }
    catch {
        $_
    }
}

# Waits until a condition holds, or fails after the limit, which is there so that a broken module does not hang the suite.
function Wait-Until([scriptblock] $Condition, [timespan] $Limit = '00:00:30') {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed -gt $Limit) {
            throw "It did not come true within ${Limit}: $Condition"
        }
        Start-Sleep -Milliseconds 20
    }
}

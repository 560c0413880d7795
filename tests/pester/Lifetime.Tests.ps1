# However a pipeline ends, it ends soon and leaves nothing half-done: an error upstream, break, Select-Object, Ctrl+C.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $connection = Connect-Adx -Local
    function Get-Count([string] $Table) {
        (Invoke-AdxQuery "$Table | count" -Connection $connection).Count
    }

    # A PowerShell of its own runspace, in which a test can press Ctrl+C. The script gets the module's manifest, the
    # connection and the table.
    function Open-Shell([string] $Script, [string] $Table) {
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        $null = $shell.AddScript('param($Manifest, $Connection, $Table) Import-Module $Manifest; ' + $Script).AddArgument($ModuleManifest).AddArgument($connection).AddArgument($Table)
        $shell
    }
    # Stops it, and fails if that hangs.
    function Confirm-Stopping($Shell, $Running) {
        $stopping = $Shell.BeginStop($null, $null)
        $stopping.AsyncWaitHandle.WaitOne(30000) | Should -BeTrue -Because 'Ctrl+C ends the cmdlet'
        $Shell.EndStop($stopping)
        $Running.AsyncWaitHandle.WaitOne(30000) | Should -BeTrue
        $Shell.InvocationStateInfo.State | Should -Be 'Stopped'
    }
    # Whatever goes on behind the back of a cmdlet that has ended would send something; a full round trip after it shows.
    function Confirm-Rest([long] $Requests) {
        $probe = "Probe$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $probe 'Id:long' -Connection $connection
        $null = @{ Id = 1 } | Send-AdxData $probe -Connection $connection -Wait
        $others = @((Get-LocalCluster).Requests | Select-Object -Skip $Requests | Where-Object { $_.Path -like '*/queued/*' -and $_.Path -notlike "*$probe*" })
        $others | Should -BeNullOrEmpty
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'Send-AdxData of which the pipeline ends early' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string' -Connection $connection
        $blobs = @(Get-LocalBlob)
    }

    AfterEach {
        Get-LocalBlob | Where-Object { $_ -notin $blobs } | Should -BeNullOrEmpty
    }

    It 'because of an error upstream: sends nothing, and the error is that one' {
        $failure = Get-Failure { & { 1..5 | ForEach-Object { @{ Id = $_ } }; throw 'upstream' } | Send-AdxData $table }
        $failure.Exception.Message | Should -BeExactly 'upstream'
        Get-Count $table | Should -Be 0
        Confirm-Rest (Get-LocalCluster).RequestCount
    }

    It 'because of a break in a loop: sends nothing' {
        $numbers = foreach ($number in 1..3) {
            $number
            1..5 | ForEach-Object { if ($_ -eq 4) { break }; @{ Id = $_ } } | Send-AdxData $table
        }
        $numbers | Should -Be 1
        Get-Count $table | Should -Be 0
        Confirm-Rest (Get-LocalCluster).RequestCount
    }

    It 'because of Select-Object upstream: sends what came through' {
        $ingestion = 1..1000 | ForEach-Object { @{ Id = $_ } } | Select-Object -First 5 | Send-AdxData $table -Wait
        $ingestion.Rows | Should -Be 5
        Get-Count $table | Should -Be 5
    }

    It 'because of Select-Object downstream: has sent everything by then' {
        $ingestion = 1..5 | ForEach-Object { @{ Id = $_ } } | Send-AdxData $table -Wait | Select-Object -First 1
        $ingestion.Status | Should -Be 'Succeeded'
        Get-Count $table | Should -Be 5
    }

    It 'after batches were accepted: keeps those, drops the rest, and Get-AdxIngestion tells of them' {
        $null = Get-Failure {
            & {
                1..3 | ForEach-Object { @{ Id = $_ } }
                Wait-Until { (Get-Count $table) -eq 3 }
                @{ Id = 4 }
                throw 'upstream'
            } | Send-AdxData $table -BatchInterval '00:00:00.1' -Connection $connection
        }
        $known = @(Get-AdxIngestion -Connection $connection)[-1]
        $known.Table | Should -BeExactly $table
        Wait-Until { (Get-AdxIngestion $known -Connection $connection).IsFinished }
        # The fourth may have been sealed by the clock before the error, and not after.
        (Get-Count $table) | Should -Be $known.Rows
        $known.Rows | Should -BeIn 3, 4
    }

    It 'by Ctrl+C while the pipeline gives rows' {
        $shell = Open-Shell '& { for ($i = 1; ; $i++) { @{ Id = $i; Name = "row $i" } } } | Send-AdxData $Table -Connection $Connection' $table
        try {
            $before = (Get-LocalCluster).RequestCount
            $running = $shell.BeginInvoke()
            Wait-Until { (Get-LocalCluster).RequestCount -ge $before + 2 }
            Confirm-Stopping $shell $running
            Confirm-Rest (Get-LocalCluster).RequestCount
            Get-Count $table | Should -Be 0
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }

    It 'by Ctrl+C while batches are on their way: whole batches or none' {
        $shell = Open-Shell '& { for ($i = 1; ; $i++) { @{ Id = $i; Name = "row $i" } } } | Send-AdxData $Table -Connection $Connection -BatchRows 1000' $table
        try {
            $running = $shell.BeginInvoke()
            Wait-Until { (Get-Count $table) -gt 0 }
            Confirm-Stopping $shell $running
            Confirm-Rest (Get-LocalCluster).RequestCount
            # The stand-in takes one after the other what it had accepted, and the probe behind it has come through.
            (Get-Count $table) % 1000 | Should -Be 0
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }

    It 'by Ctrl+C while the pipeline waits for its next row' {
        $shell = Open-Shell '& { @{ Id = 1 }; [System.Threading.ManualResetEventSlim]::new().Wait(200); while ($true) { Start-Sleep 1 } } | Send-AdxData $Table -Connection $Connection' $table
        try {
            $before = (Get-LocalCluster).RequestCount
            $running = $shell.BeginInvoke()
            Wait-Until { (Get-LocalCluster).RequestCount -ge $before + 2 }
            Confirm-Stopping $shell $running
            Confirm-Rest (Get-LocalCluster).RequestCount
            Get-Count $table | Should -Be 0
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }

    It 'by Ctrl+C while the service is asked again and again' {
        Add-LocalFault Configuration -Count 3 -StatusCode 429 -RetryAfter '00:05:00'
        $shell = Open-Shell '@{ Id = 1 } | Send-AdxData $Table -Connection $Connection' $table
        try {
            $running = $shell.BeginInvoke()
            Wait-Until { (Get-LocalCluster).Requests[-1].Status -eq 429 }
            Confirm-Stopping $shell $running
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
        # Whoever comes next is not to meet the faults that are left.
        2..3 | ForEach-Object { $null = try { Invoke-RestMethod "$($connection.Cluster)v1/rest/ingestion/configuration" } catch { $null } }
        (@{ Id = 1 } | Send-AdxData $table -Connection $connection -Wait).Status | Should -Be 'Succeeded'
    }

    It 'by Ctrl+C while it waits for the service' {
        $slow = Open-LocalCluster -IngestionDelay '01:00:00'
        try {
            $slowConnection = Connect-Adx -Local $slow.ClusterUri
            $null = New-AdxTable Slow 'Id:long'
            $null = Connect-Adx -Local
            $runspace = [runspacefactory]::CreateRunspace()
            $runspace.Open()
            $shell = [powershell]::Create($runspace)
            $null = $shell.AddScript('param($Manifest, $Connection) Import-Module $Manifest; @{ Id = 1 } | Send-AdxData Slow -Connection $Connection -Wait').AddArgument($ModuleManifest).AddArgument($slowConnection)
            $running = $shell.BeginInvoke()
            Wait-Until { $slow.Requests.Path -like '*/queued/*/*/*' }
            Confirm-Stopping $shell $running
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
            $slow.Dispose()
        }
    }

    It 'by Ctrl+C while storage does not answer: does not wait to clean up' {
        $other = Open-LocalCluster
        try {
            $elsewhere = Connect-Adx -Local $other.ClusterUri
            $null = New-AdxTable Busy 'Id:long'
            $null = Connect-Adx -Local
            Add-LocalFault 'QueuedPost, BlobAccess' -Count 100 -StatusCode 503 -RetryAfter '00:10:00' -Cluster $other
            $runspace = [runspacefactory]::CreateRunspace()
            $runspace.Open()
            $shell = [powershell]::Create($runspace)
            $null = $shell.AddScript('param($Manifest, $Connection) Import-Module $Manifest; 1..5 | ForEach-Object { @{ Id = $_ } } | Send-AdxData Busy -Connection $Connection -BatchRows 1').AddArgument($ModuleManifest).AddArgument($elsewhere)
            $running = $shell.BeginInvoke()
            Wait-Until { $other.Requests.Status -contains 503 }
            Confirm-Stopping $shell $running
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
            $other.Dispose()
        }
    }

    It 'in the middle of a file, by Ctrl+C: nothing of it arrives' {
        $path = Join-Path $TestDrive "$table.csv"
        $writer = [System.IO.StreamWriter]::new($path)
        for ($i = 1; $i -le 400000; $i++) { $writer.Write("$i,$([guid]::NewGuid())`n") }
        $writer.Dispose()
        $shell = Open-Shell "Send-AdxData `$Table -Path '$path' -Connection `$Connection -CompressionLevel SmallestSize -BatchRows 20000" $table
        try {
            $running = $shell.BeginInvoke()
            Wait-Until { (Get-LocalCluster).Requests[-1].Method -eq 'PUT' }
            Confirm-Stopping $shell $running
            Confirm-Rest (Get-LocalCluster).RequestCount
            Get-Count $table | Should -Be 0
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
        # The file is not held either.
        { [System.IO.File]::Open($path, 'Open', 'ReadWrite', 'None').Dispose() } | Should -Not -Throw
    }
}

Describe 'Invoke-AdxQuery of which the pipeline ends early' {
    BeforeAll {
        $null = New-AdxTable Many 'Id:long', 'Text:string' -Connection $connection
        $null = 1..20000 | ForEach-Object { @{ Id = $_; Text = 'some text to fill the answer with' } } | Send-AdxData Many -Connection $connection -Wait
    }

    It 'stops reading, many times over, and goes on working' {
        foreach ($turn in 1..20) {
            @(Invoke-AdxQuery 'Many' -Connection $connection | Select-Object -First 1) | Should -HaveCount 1
        }
        Get-Count Many | Should -Be 20000
    }

    It 'by Ctrl+C' {
        $shell = Open-Shell '$script:read = 0; while ($true) { Invoke-AdxQuery $Table -Connection $Connection | ForEach-Object { $script:read++ } }' Many
        try {
            $before = (Get-LocalCluster).RequestCount
            $running = $shell.BeginInvoke()
            Wait-Until { (Get-LocalCluster).RequestCount -gt $before + 1 }
            Confirm-Stopping $shell $running
            Get-Count Many | Should -Be 20000
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }

    It 'ends the query on the service too, by its own word: <Case>' -ForEach @(
        @{ Case = 'Ctrl+C before the first row'; Query = 'range x from 1 to 9000000000000000000 step 1 | where x < 0'; Stop = $true }
        @{ Case = 'Ctrl+C among the rows'; Query = 'range x from 1 to 9000000000000000000 step 1'; Stop = $true }
        @{ Case = 'an error downstream'; Query = 'range x from 1 to 9000000000000000000 step 1'; Stop = $false }
    ) {
        $commands = { @((Get-LocalCluster).Requests | Where-Object Path -EQ '/v1/rest/mgmt').Count }
        $running = { @(Invoke-AdxCommand '.show running queries' -Connection $connection) }
        if ($Stop) {
            $shell = Open-Shell 'Invoke-AdxQuery $Table -Connection $Connection -Option @{ notruncation = $true } | Out-Null' $Query
            try {
                $handle = $shell.BeginInvoke()
                Wait-Until { (& $running).Count -eq 1 }
                $before = & $commands
                Confirm-Stopping $shell $handle
            }
            finally {
                $shell.Runspace.Dispose()
                $shell.Dispose()
            }
        }
        else {
            $before = & $commands
            (Get-Failure { Invoke-AdxQuery $Query -Connection $connection -Option @{ notruncation = $true } | ForEach-Object { throw 'downstream' } }).Exception.Message | Should -BeExactly 'downstream'
        }
        # Nobody else sends commands here meanwhile.
        Wait-Until { (& $commands) -gt $before }
        Wait-Until { (& $running).Count -eq 0 }
    }

    It 'tells of a query that somebody else cancelled' {
        $shell = Open-Shell 'try { Invoke-AdxQuery $Table -Connection $Connection -Option @{ notruncation = $true } | Out-Null } catch { $_ }' 'range x from 1 to 9000000000000000000 step 1 | where x < 0'
        try {
            $handle = $shell.BeginInvoke()
            Wait-Until { @(Invoke-AdxCommand '.show running queries' -Connection $connection).Count -eq 1 }
            $id = (Invoke-AdxCommand '.show running queries' -Connection $connection).ClientActivityId
            $id | Should -BeLike 'AdxFlow.Invoke-AdxQuery;*'
            $null = Invoke-AdxCommand ".cancel query '$id'" -Connection $connection
            $handle.AsyncWaitHandle.WaitOne(30000) | Should -BeTrue
            $failure = $shell.EndInvoke($handle)[0]
            $failure.FullyQualifiedErrorId | Should -BeLike 'AdxQuery*'
            $failure.Exception.ClientRequestId | Should -BeExactly $id
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }
}

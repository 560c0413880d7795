# Sending through a spool: what is promised, what is left on the disk, and the recipe of about_AdxFlow_Runbooks.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $connection = Connect-Adx -Local
    $null = New-AdxTable Numbers 'Id:long'
    function Get-Number { @(Invoke-AdxQuery 'Numbers | project Id' | ForEach-Object Id) }
    function Get-Row([int[]] $Id) { $Id | ForEach-Object { [pscustomobject]@{ Id = $_ } } }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Send-AdxData for delivery' {
    It '<Parameter> of <Set> is: <Form>' -ForEach @(
        @{ Parameter = 'DeliveryGuarantee'; Set = 'Path'; Form = 'AdxDeliveryGuarantee' }
        @{ Parameter = 'SpoolPath'; Set = 'Object'; Form = 'String' }
        @{ Parameter = 'SpoolName'; Set = 'Object'; Form = 'String' }
        @{ Parameter = 'SpoolSizeMB'; Set = 'Object'; Form = 'Int32' }
        @{ Parameter = 'SkippedRows'; Set = 'DataReader'; Form = 'Int64' }
        @{ Parameter = 'SkippedRows'; Set = 'Path'; Form = 'not in this set' }
    ) {
        Get-ParameterForm Send-AdxData $Parameter $Set | Should -BeExactly $Form
    }
}

Describe 'Send-AdxData through a spool' {
    BeforeEach {
        $spool = Join-Path $TestDrive ([guid]::NewGuid())
        Clear-AdxTable Numbers -Confirm:$false
    }

    It '<_>: confirms with -Wait, and leaves nothing behind' -ForEach 'AtLeastOnce', 'ExactlyOnce' {
        $sent = Get-Row (1..10) | Send-AdxData Numbers -DeliveryGuarantee $_ -SpoolPath $spool -BatchRows 3 -Wait
        $sent.Status | Should -Be 'Succeeded'
        $sent.Rows | Should -Be 10
        $sent.Batches | Should -HaveCount 4
        Get-ChildItem $spool | Should -BeNullOrEmpty
        Get-Number | Sort-Object | Should -Be (1..10)
    }

    It 'leaves batches in the spool without -Wait, until they are confirmed' {
        $sent = Get-Row 1, 2 | Send-AdxData Numbers -DeliveryGuarantee ExactlyOnce -SpoolPath $spool
        $sent.Status | Should -Be 'Queued'
        $left = Get-AdxSpool $spool
        $left.Id | Should -Be $sent.Id
        $left.QueuedBatches | Should -Be 1
        $left.Rows | Should -Be 2
        (Resume-AdxSpool $spool -Wait).Status | Should -Be 'Succeeded'
        Get-ChildItem $spool | Should -BeNullOrEmpty
        Get-Number | Should -Be 1, 2
    }

    It 'sends nothing twice when the same input comes again under the same name' {
        $arguments = @{ Table = 'Numbers'; DeliveryGuarantee = 'ExactlyOnce'; SpoolPath = $spool; SpoolName = 'n'; Wait = $true }
        $null = Get-Row (1..5) | Send-AdxData @arguments
        (Get-Row (1..5) | Send-AdxData @arguments).Status | Should -Be 'Empty'
        (Get-Row (1..7) | Send-AdxData @arguments).Rows | Should -Be 2
        (Get-Row 8, 9 | Send-AdxData @arguments -SkippedRows 7).Rows | Should -Be 2
        (Get-AdxSpool $spool n).Rows | Should -Be 9
        (Get-AdxSpool $spool n).IsEmpty | Should -BeTrue
        Get-Number | Sort-Object | Should -Be (1..9)
    }

    It 'goes on with a data reader too' {
        $arguments = @{ Table = 'Numbers'; DeliveryGuarantee = 'ExactlyOnce'; SpoolPath = $spool; SpoolName = 'n'; Wait = $true }
        $data = [System.Data.DataTable]::new()
        $null = $data.Columns.Add('Id', [long])
        1..3 | ForEach-Object { $null = $data.Rows.Add($_) }
        $null = Send-AdxData @arguments -DataReader $data.CreateDataReader()
        $null = $data.Rows.Add(4)
        (Send-AdxData @arguments -DataReader $data.CreateDataReader()).Rows | Should -Be 1
        Get-Number | Sort-Object | Should -Be (1..4)
    }

    It 'counts inputs that are no rows, so that the same input comes out right' {
        $arguments = @{ Table = 'Numbers'; DeliveryGuarantee = 'ExactlyOnce'; SpoolPath = $spool; SpoolName = 'n'; Wait = $true; ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        $odd = [pscustomobject]@{ Other = 1 }
        $bad = [pscustomobject]@{ Id = 'x' }
        $null = @($odd; Get-Row 1; $odd; $bad; Get-Row 2) | Send-AdxData @arguments
        (Get-AdxSpool $spool n).Rows | Should -Be 5
        $null = @($odd; Get-Row 1; $odd; $bad; Get-Row 2, 3) | Send-AdxData @arguments
        Get-Number | Sort-Object | Should -Be 1, 2, 3
    }

    It 'keeps the rows when the pipeline ends early, and Resume-AdxSpool sends them' {
        { & { Get-Row (1..2000); throw 'upstream' } | Send-AdxData Numbers -DeliveryGuarantee ExactlyOnce -SpoolPath $spool } | Should -Throw 'upstream'
        $left = Get-AdxSpool $spool
        $left.IsInUse | Should -BeFalse
        if ($left.Rows) {
            (Resume-AdxSpool $spool -Wait).Rows | Should -Be $left.Rows
        }
        @(Get-Number).Count | Should -Be ([long]$left.Rows)
    }

    It 'refuses <Why>, before anything is made or sent' -ForEach @(
        @{ Why = 'ExactlyOnce without a spool'; Arguments = @{ DeliveryGuarantee = 'ExactlyOnce' } }
        @{ Why = 'ExactlyOnce with tags of the caller'; Arguments = @{ DeliveryGuarantee = 'ExactlyOnce'; SpoolPath = 'TestDrive:/s'; IngestIfNotExists = 'a' } }
        @{ Why = 'None with a spool'; Arguments = @{ DeliveryGuarantee = 'None'; SpoolPath = 'TestDrive:/s' } }
        @{ Why = 'a name without a spool'; Arguments = @{ SpoolName = 'n' } }
        @{ Why = 'a name that is a path'; Arguments = @{ SpoolPath = 'TestDrive:/s'; SpoolName = '../n' } }
    ) {
        $requests = Get-LocalRequest {
            $script:failure = Get-Failure { Get-Row 1 | Send-AdxData Numbers @Arguments }
        }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'AdxInvalidGuarantee,AdxFlow.PowerShell.Ingestion.SendAdxDataCommand'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $requests | Should -BeNullOrEmpty
        Test-Path TestDrive:/s | Should -BeFalse
    }

    It 'does not call accepted what was refused' {
        Add-AdxLocalFault BadRequest -Target Queue
        $failure = Get-Failure { Get-Row 1 | Send-AdxData Numbers -SpoolPath $spool -Wait -WarningVariable script:warnings -WarningAction SilentlyContinue }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxIngestionRefused,*'
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*in the spool*'
        (Get-AdxSpool $spool).RefusedBatches | Should -Be 1
    }

    It 'refuses files' {
        Set-Content "$TestDrive/n.csv" 1
        (Get-Failure { Send-AdxData Numbers -Path "$TestDrive/n.csv" -SpoolPath $spool }).FullyQualifiedErrorId | Should -BeLike 'AdxInvalidGuarantee,*'
        # Text and blobs would not go through it, and the promise would be empty.
        (Get-Failure { '1' | Send-AdxData Numbers -Format Csv -SpoolPath $spool -DeliveryGuarantee ExactlyOnce }).FullyQualifiedErrorId | Should -BeLike 'AdxInvalidGuarantee,*'
        (Get-Failure { Send-AdxData Numbers -Uri 'https://a.blob.core.windows.net/c/b.csv' -SpoolPath $spool }).FullyQualifiedErrorId | Should -BeLike 'AdxInvalidGuarantee,*'
    }

    It 'refuses to leave a gap' {
        $failure = Get-Failure { Get-Row 1 | Send-AdxData Numbers -SpoolPath $spool -SpoolName n -SkippedRows 3 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxSpoolGap,*'
        Get-Number | Should -BeNullOrEmpty
    }

    It 'refuses to leave a gap at the end, where no row comes any more' {
        (Get-Row 1, 2 | Send-AdxData Numbers -SpoolPath $spool -SpoolName n -Wait).Status | Should -Be 'Succeeded'
        (Get-Failure { Get-Row @() | Send-AdxData Numbers -SpoolPath $spool -SpoolName n -SkippedRows 3 }).FullyQualifiedErrorId | Should -BeLike 'AdxSpoolGap,*'
        $none = [System.Data.DataTable]::new()
        $null = $none.Columns.Add('Id', [long])
        (Get-Failure { Send-AdxData Numbers -DataReader $none.CreateDataReader() -SpoolPath $spool -SpoolName n -SkippedRows 3 }).FullyQualifiedErrorId | Should -BeLike 'AdxSpoolGap,*'
        (Get-Row @() | Send-AdxData Numbers -SpoolPath $spool -SpoolName n -SkippedRows 2 -Wait).Status | Should -Be 'Empty'
        (Get-AdxSpool $spool).IsInUse | Should -BeFalse
    }

    It 'goes once with the guarantee None' {
        Add-LocalFault QueuedPost
        (Get-Failure { Get-Row 1 | Send-AdxData Numbers -DeliveryGuarantee None }).CategoryInfo.Category | Should -Be 'ResourceUnavailable'
        Get-Number | Should -BeNullOrEmpty
    }
}

# As in the sandbox of a cloud job: little memory, nobody there, no progress, ended at any moment, begun again from the start. That
# hours pass, in which tokens and signatures run out, is what LongRunTests of AdxFlow.Core.Tests is about.
Describe 'The recipe of about_AdxFlow_Runbooks' {
    BeforeAll {
        $null = New-AdxTable Orders 'Id:long', 'Text:string'
        $runbook = Join-Path $TestDrive runbook.ps1
        Set-Content $runbook @'
param($Module, $Cluster, $Spool, $Rows, $StuckAt)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Module
$null = Connect-Adx -Local $Cluster -WarningAction SilentlyContinue
'started'
$text = 'x' * 4000
$never = [System.Threading.ManualResetEvent]::new($false)
1..$Rows | ForEach-Object { if ($_ -eq $StuckAt) { $null = $never.WaitOne() }; [pscustomobject]@{ Id = $_; Text = "$_ $text" } } |
    Send-AdxData Orders -DeliveryGuarantee ExactlyOnce -SpoolPath $Spool -SpoolName orders -BatchRows 500 -Wait -Timeout 1:0:0 |
    ForEach-Object { "$($_.Status)" }
'@
        function Open-Runbook($StuckAt = 0) {
            $info = [System.Diagnostics.ProcessStartInfo]::new([System.Environment]::ProcessPath)
            $info.RedirectStandardOutput = $info.RedirectStandardError = $true
            # 300 MB. More than that in memory, and the process ends with an error.
            $info.Environment['DOTNET_GCHeapHardLimit'] = '0x12C00000'
            $info.Environment['NO_COLOR'] = '1'
            '-NoProfile', '-NonInteractive', '-File', $runbook, $ModuleManifest, "$($connection.Cluster)", $spool, "$rows", "$StuckAt" | ForEach-Object { $info.ArgumentList.Add($_) }
            $process = [System.Diagnostics.Process]::Start($info)
            $process.StandardOutput.ReadLine() | Should -Be 'started'
            $process
        }
    }

    It 'has each row in the table once, though the process is killed again and again' {
        $spool = Join-Path $TestDrive ([guid]::NewGuid())
        # 80 MB, several times what is under way at one time.
        $rows = 20000
        $random = [System.Random]::new(7)
        foreach ($round in 1..5) {
            # The moment is what is random here. The source has not come to its end by then, however fast the machine is.
            $process = Open-Runbook -StuckAt ($rows - 250)
            $null = $process.WaitForExit($random.Next(150, 900))
            $process.Kill()
            $process.WaitForExit()
        }
        $process = Open-Runbook
        $output = $process.StandardOutput.ReadToEndAsync()
        $errors = $process.StandardError.ReadToEnd()
        $process.WaitForExit()
        "$($process.ExitCode) $($output.Result.Trim()) $errors".Trim() | Should -BeExactly '0 Succeeded'
        (Get-AdxSpool $spool orders).Rows | Should -Be $rows
        (Get-AdxSpool $spool orders).IsEmpty | Should -BeTrue
        $counts = Invoke-AdxQuery 'Orders | summarize Rows = count(), Lowest = min(Id), Highest = max(Id), Sum = sum(Id)'
        "$($counts.Rows) $($counts.Lowest) $($counts.Highest) $($counts.Sum)" | Should -BeExactly "$rows 1 $rows $($rows * ($rows + 1) / 2)"

        # Once more from the beginning: nothing is left to do, and nothing is sent.
        $requests = Get-LocalRequest {
            $process = Open-Runbook
            $process.StandardOutput.ReadToEnd().Trim() | Should -BeExactly 'Empty'
            $process.WaitForExit()
        }
        $requests.Method | Should -Not -Contain 'PUT'
        (Invoke-AdxQuery 'Orders | count').Count | Should -Be $rows
    }
}

# Sending what is left in spools.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $connection = Connect-Adx -Local
    function Send-Left([int] $Rows, [string] $Name) {
        # The service is away for longer than the call tries: what was taken is in the spool.
        Add-AdxLocalFault Forbidden 100 -Target Upload
        $failure = Get-Failure { 1..$Rows | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Send-AdxData Numbers -DeliveryGuarantee ExactlyOnce -SpoolPath $spool -SpoolName $Name -WarningAction SilentlyContinue }
        Get-AdxLocalFault | Remove-AdxLocalFault
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxUploadRefused,*'
    }
    function Get-Count { (Invoke-AdxQuery 'Numbers | count').Count }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Resume-AdxSpool' {
    It '<Parameter> is: <Form>' -ForEach @(
        @{ Parameter = 'Path'; Form = 'String[], mandatory, position 0, from pipeline, by name' }
        @{ Parameter = 'Name'; Form = 'String[], position 1' }
        @{ Parameter = 'RetryRefused'; Form = 'SwitchParameter' }
        @{ Parameter = 'Force'; Form = 'SwitchParameter' }
        @{ Parameter = 'Wait'; Form = 'SwitchParameter' }
        @{ Parameter = 'Timeout'; Form = 'TimeSpan' }
        @{ Parameter = 'Connection'; Form = 'AdxConnection' }
    ) {
        Get-ParameterForm Resume-AdxSpool $Parameter '*' | Should -BeExactly $Form
    }
}

Describe 'Resume-AdxSpool' {
    BeforeEach {
        $spool = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-AdxTable Numbers 'Id:long'
    }

    AfterEach {
        Remove-AdxTable Numbers -Confirm:$false
    }

    It 'sends what a call that failed left' {
        Send-Left 10 n
        (Get-AdxSpool $spool).SealedBatches | Should -Be 1
        $sent = Resume-AdxSpool $spool -Wait
        $sent | Should -BeOfType 'AdxFlow.AdxIngestion'
        $sent.Status, $sent.Rows | Should -Be 'Succeeded', 10
        Get-Count | Should -Be 10
        (Get-AdxIngestion -Id $sent.Id).Status | Should -Be 'Succeeded'
        (Resume-AdxSpool $spool -Wait).Status | Should -Be 'Empty'
        Get-Count | Should -Be 10
    }

    It 'takes spools from the pipeline, and sends of those given alone' {
        Send-Left 1 a
        Send-Left 2 b
        (Get-AdxSpool $spool b | Resume-AdxSpool -Wait).Rows | Should -Be 2
        (Resume-AdxSpool $spool a -Wait).Rows | Should -Be 1
        Get-Count | Should -Be 3
    }

    It 'leaves alone what another process holds, with a warning' {
        Send-Left 1 n
        $held = [System.IO.File]::Open("$spool/n/lock", 'OpenOrCreate', 'ReadWrite', 'None')
        try {
            Resume-AdxSpool $spool -Wait -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $warnings | Should -BeLike "*left alone*"
            $failure = Get-Failure { [pscustomobject]@{ Id = 1 } | Send-AdxData Numbers -DeliveryGuarantee ExactlyOnce -SpoolPath $spool -SpoolName n }
            $failure.FullyQualifiedErrorId | Should -BeLike 'AdxSpoolInUse,*'
            $failure.CategoryInfo.Category | Should -Be 'ResourceBusy'
        }
        finally {
            $held.Dispose()
        }
        (Resume-AdxSpool $spool -Wait).Rows | Should -Be 1
    }

    It 'sends refused batches again only when asked to' {
        # Who may not look at the schema sends what the objects have, and the table has no such column.
        $principal = 'aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;9752a91d-8e15-44e2-aa72-e9f8e12c3ec5'
        $null = Grant-AdxIngestor $principal -Table Numbers -DatabaseRole Ingestor
        $ingestor = Connect-Adx -Local -Principal $principal
        $null = Connect-Adx -Local
        $null = [pscustomobject]@{ Id = 1; Extra = 'x' } | Send-AdxData Numbers -Connection $ingestor -DeliveryGuarantee ExactlyOnce -SpoolPath $spool
        $null = Resume-AdxSpool $spool -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxIngestionFailed,*'
        $kept = Get-AdxSpool $spool
        $kept.RefusedBatches | Should -Be 1
        $kept.Errors | Should -BeLike '*Extra*'
        $kept.Batches[0].ErrorCode | Should -Not -BeNullOrEmpty

        $null = New-AdxTable Numbers 'Extra:string' -Merge
        (Resume-AdxSpool $spool -Wait).Status | Should -Be 'Empty'
        (Resume-AdxSpool $spool -Wait -RetryRefused).Status | Should -Be 'Succeeded'
        Get-Count | Should -Be 1
        Get-ChildItem $spool | Should -BeNullOrEmpty
    }

    It 'demands the cluster of the spool, unless forced' {
        Send-Left 3 n
        $other = Open-LocalCluster
        try {
            $there = Connect-Adx -Local $other.ClusterUri
            $null = New-AdxTable Numbers 'Id:long' -Connection $there
            Resume-AdxSpool $spool -Connection $there -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $failures[0].FullyQualifiedErrorId | Should -BeExactly 'AdxSpoolMismatch,AdxFlow.PowerShell.Ingestion.Spool.ResumeAdxSpoolCommand'
            $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*-Force*'
            (Resume-AdxSpool $spool -Connection $there -Force -Wait).Rows | Should -Be 3
        }
        finally {
            $null = Connect-Adx -Local
            $other.Dispose()
        }
        Get-Count | Should -Be 0
    }

    It 'tells each batch in the verbose stream, and with -WhatIf sends none' {
        Send-Left 1 n
        Resume-AdxSpool $spool -WhatIf | Should -BeNullOrEmpty
        (Get-AdxSpool $spool).SealedBatches | Should -Be 1
        $streams = Resume-AdxSpool $spool -Wait -Verbose 4>&1
        "$streams" | Should -BeLike '*Batch*1 rows*queued as operation*'
    }

    It 'says AdxSpoolNotFound of what is none' {
        Resume-AdxSpool "$TestDrive/none" -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxSpoolNotFound,*'
    }
}

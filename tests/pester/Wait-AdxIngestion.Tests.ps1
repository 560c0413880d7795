# Waiting for the service: to the end, for a time, and what it refused.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $rows = 1..3 | ForEach-Object { [pscustomobject]@{ Id = $_; Name = "name $_" } }
    # It holds what is queued back for longer than any test takes.
    $slow = Open-LocalCluster -IngestionDelay '01:00:00'
    $slowConnection = Connect-Adx -Local $slow.ClusterUri
    $null = New-AdxTable People 'Id:long', 'Name:string'
    $null = Connect-Adx -Local
    $null = New-AdxTable People 'Id:long', 'Name:string'
}

AfterAll {
    Stop-AdxLocal
    $slow.Dispose()
}

Describe 'The parameters of Wait-AdxIngestion' {
    It '<Parameter> is: <Form>' -ForEach @(
        @{ Parameter = 'Ingestion'; Form = 'AdxIngestion[], mandatory, position 0, from pipeline' }
        @{ Parameter = 'Timeout'; Form = 'TimeSpan' }
        @{ Parameter = 'Connection'; Form = 'AdxConnection' }
    ) {
        Get-ParameterForm Wait-AdxIngestion $Parameter 'Object' | Should -BeExactly $Form
    }
}

Describe 'Wait-AdxIngestion' {
    It 'waits for those given, and writes how each ended' {
        $sent = @($rows | Send-AdxData People), @($rows | Send-AdxData People) | ForEach-Object { $_ }
        $ended = $sent | Wait-AdxIngestion
        $ended.Id | Should -Be $sent.Id
        $ended.Status | Should -Be 'Succeeded', 'Succeeded'
        (Wait-AdxIngestion $sent).Status | Should -Be 'Succeeded', 'Succeeded'
    }

    It 'takes what Get-AdxIngestion finds by id' {
        $sent = $rows | Send-AdxData People
        (Get-AdxIngestion -Id $sent.Id | Wait-AdxIngestion).Status | Should -Be 'Succeeded'
    }

    It 'writes nothing to the other streams' {
        $rows | Send-AdxData People | Wait-AdxIngestion -Verbose 2>&1 3>&1 4>&1 5>&1 6>&1 | Should -BeOfType 'AdxFlow.AdxIngestion'
    }

    It 'has nothing to wait for in an empty one' {
        (@() | Send-AdxData People | Wait-AdxIngestion).Status | Should -Be 'Empty'
    }

    It 'makes an error of each batch that the service refused, and writes the ingestion' {
        Set-Content "$TestDrive/a.csv" '1,Ada', '2,Bob'
        $sent = Send-AdxData People -Path "$TestDrive/a.csv" -MappingName NoSuchMapping -BatchRows 1
        $ended = Wait-AdxIngestion $sent -ErrorVariable failures -ErrorAction SilentlyContinue
        $ended.Status | Should -Be 'Failed'
        $failures | Should -HaveCount 2
        $failures[0].FullyQualifiedErrorId | Should -BeExactly 'AdxIngestionFailed,AdxFlow.PowerShell.Ingestion.WaitAdxIngestionCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $failures[0].TargetObject | Should -BeOfType 'AdxFlow.AdxIngestionBatch'
        $failures[0].Exception.ServiceCode | Should -BeExactly 'BadRequest_MappingReferenceWasNotFound'
        $failures[0].Exception.IsPermanent | Should -BeTrue
        $failures[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'ends the call at the first refused batch with -ErrorAction Stop' {
        Set-Content "$TestDrive/a.csv" '1,Ada'
        $failure = Get-Failure { Send-AdxData People -Path "$TestDrive/a.csv" -MappingName NoSuchMapping | Wait-AdxIngestion -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxIngestionFailed,*'
    }
}

Describe 'A service that is not done in time' {
    It 'is an error of <_>, which is no failure of the data' -ForEach 'Wait-AdxIngestion', 'Send-AdxData -Wait' {
        $ingestion = if ($_ -eq 'Wait-AdxIngestion') {
            $rows | Send-AdxData People -Connection $slowConnection |
                Wait-AdxIngestion -Connection $slowConnection -Timeout '00:00:00.1' -ErrorVariable failures -ErrorAction SilentlyContinue
        }
        else {
            $rows | Send-AdxData People -Connection $slowConnection -Wait -Timeout '00:00:00.1' -ErrorVariable failures -ErrorAction SilentlyContinue
        }
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxIngestionTimeout,*'
        $failures[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike '*Wait-AdxIngestion*'
        $ingestion.Status | Should -BeIn 'Queued', 'InProgress'
        $ingestion.IsFinished | Should -BeFalse
        $ingestion.Rows | Should -Be 3
    }

    It 'is asked once with a time of zero' {
        $sent = $rows | Send-AdxData People -Connection $slowConnection
        $requests = Get-LocalRequest -Cluster $slow { Wait-AdxIngestion $sent -Connection $slowConnection -Timeout 0 -ErrorAction SilentlyContinue }
        @($requests) | Should -HaveCount 1
    }

    It 'takes a time with its unit, and no bare number' {
        (Get-Failure { Wait-AdxIngestion -Id (New-Guid) -Timeout 30 }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        (Get-Failure { @{ Id = 1 } | Send-AdxData People -BatchInterval 30 }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
    }

    It 'is given up at Ctrl+C' {
        $sent = $rows | Send-AdxData People -Connection $slowConnection
        $shell = [powershell]::Create([runspacefactory]::CreateRunspace())
        try {
            $shell.Runspace.Open()
            $null = $shell.AddScript('param($Manifest, $Sent, $Connection) Import-Module $Manifest; $Sent | Wait-AdxIngestion -Connection $Connection').AddParameters(@($ModuleManifest, $sent, $slowConnection))
            $before = $slow.RequestCount
            $running = $shell.BeginInvoke()
            Wait-Until { $slow.RequestCount -gt $before }
            $stopping = $shell.BeginStop($null, $null)
            $stopping.AsyncWaitHandle.WaitOne(30000) | Should -BeTrue
            $running.IsCompleted | Should -BeTrue
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
    }
}
